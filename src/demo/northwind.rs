//! Northwind IT: eight clients in England, teal, light navigation.

use domain::brand::{Accent, BrandFont, BrandTokens, Navigation, NeutralHue, Radius, Rgb};

use super::{
    people::{Staff, people},
    tenant::{DemoClient, DemoSite, DemoTenant, SignInLine, Trade},
};

const LONDON: &str = "Europe/London";

/// The tenant.
pub fn tenant() -> DemoTenant {
    let staff = Staff { owner: "Helen Marsh", technician: "Priya Raman", scoped: "Tom Ashdown", clients: &["Castell Legal", "Oakridge Surgery"] };
    DemoTenant {
        slug: "northwind",
        name: "Northwind IT",
        host: "northwind.localhost",
        time_zone: LONDON,
        brand: BrandTokens {
            accent: Accent::from(Rgb([0x00, 0x7a, 0x77])),
            neutral_hue: NeutralHue::try_from(245).unwrap_or_default(),
            radius: Radius::Small,
            font: BrandFont::Inter,
            navigation: Navigation::Light,
        },
        logo_light_svg: include_str!("logos/northwind-light.svg"),
        logo_dark_svg: include_str!("logos/northwind-dark.svg"),
        favicon_svg: include_str!("logos/northwind-icon.svg"),
        sign_in: SignInLine { headline: ["Quiet machines.", "People who pick up."], phone: "020 7946 0182", hours: "Every day, 07:00 to 22:00" },
        clients: CLIENTS.to_vec(),
        people: people("northwind", LONDON, &staff, &CLIENTS, &CONTACTS),
        devices: 1_200,
    }
}

const CONTACTS: [&str; 8] =
    ["Denise Okafor", "Rupert Castell", "Gwen Aldous", "Samir Haddad", "Joan Whitlock", "Dr Ellen Pryce", "Marcus Tidewell", "Fiona Hartley"];

#[rustfmt::skip]
const CLIENTS: [DemoClient; 8] = [
    DemoClient { name: "Brightwater Logistics", slug: "brightwater-logistics", prefix: "BWL", trade: Trade::Freight, weight: 24, behind: 30, sites: &[
        DemoSite { name: "Felixstowe Dock", city: "Felixstowe" }, DemoSite { name: "Ipswich depot", city: "Ipswich" }, DemoSite { name: "Control room", city: "Colchester" },
    ] },
    DemoClient { name: "Castell Legal", slug: "castell-legal", prefix: "CST", trade: Trade::Legal, weight: 8, behind: 18, sites: &[
        DemoSite { name: "Lincoln’s Inn", city: "London" }, DemoSite { name: "Reading", city: "Reading" },
    ] },
    DemoClient { name: "Pembroke Hotels", slug: "pembroke-hotels", prefix: "PEM", trade: Trade::Hotel, weight: 16, behind: 44, sites: &[
        DemoSite { name: "Head office", city: "Bristol" }, DemoSite { name: "The Crescent", city: "Bath" }, DemoSite { name: "Harbour House", city: "Weymouth" },
        DemoSite { name: "The Priory", city: "Wells" },
    ] },
    DemoClient { name: "Meridian Freight", slug: "meridian-freight", prefix: "MRD", trade: Trade::Freight, weight: 12, behind: 36, sites: &[
        DemoSite { name: "Tilbury", city: "Tilbury" }, DemoSite { name: "Dartford", city: "Dartford" },
    ] },
    DemoClient { name: "Eastmoor School Trust", slug: "eastmoor-school-trust", prefix: "EMS", trade: Trade::School, weight: 22, behind: 56, sites: &[
        DemoSite { name: "Lower school", city: "Sheffield" }, DemoSite { name: "Upper school", city: "Sheffield" }, DemoSite { name: "Trust office", city: "Rotherham" },
    ] },
    DemoClient { name: "Oakridge Surgery", slug: "oakridge-surgery", prefix: "OAK", trade: Trade::Clinic, weight: 4, behind: 40, sites: &[
        DemoSite { name: "Main surgery", city: "Stroud" }, DemoSite { name: "Annexe", city: "Stroud" },
    ] },
    DemoClient { name: "Tidewell Care Homes", slug: "tidewell-care-homes", prefix: "TID", trade: Trade::Clinic, weight: 9, behind: 42, sites: &[
        DemoSite { name: "The Willows", city: "Hove" }, DemoSite { name: "Seaview", city: "Worthing" }, DemoSite { name: "Ashcombe", city: "Lewes" },
    ] },
    DemoClient { name: "Hartley Accountants", slug: "hartley-accountants", prefix: "HRT", trade: Trade::Office, weight: 5, behind: 22, sites: &[
        DemoSite { name: "Park Row", city: "Leeds" },
    ] },
];

//! Bluefin Managed: seven clients in Germany, indigo, dark navigation.

use domain::brand::{Accent, BrandFont, BrandTokens, Navigation, NeutralHue, Radius, Rgb};

use super::{
    people::{Staff, people},
    tenant::{DemoClient, DemoSite, DemoTenant, SignInLine, Trade},
};

const BERLIN: &str = "Europe/Berlin";

/// The tenant.
pub fn tenant() -> DemoTenant {
    let staff = Staff { owner: "Jonas Reuter", technician: "Sam Dorsey", scoped: "Aylin Demir", clients: &["Halden & Voss", "Lindner Optik"] };
    DemoTenant {
        slug: "bluefin",
        name: "Bluefin Managed",
        host: "bluefin.localhost",
        time_zone: BERLIN,
        brand: BrandTokens {
            accent: Accent::from(Rgb([0x58, 0x46, 0xd2])),
            neutral_hue: NeutralHue::try_from(285).unwrap_or_default(),
            radius: Radius::Medium,
            font: BrandFont::Inter,
            navigation: Navigation::Dark,
        },
        logo_light_svg: include_str!("logos/bluefin-light.svg"),
        logo_dark_svg: include_str!("logos/bluefin-dark.svg"),
        favicon_svg: include_str!("logos/bluefin-icon.svg"),
        sign_in: SignInLine { headline: ["See what we do for you.", "Decide what happens next."], phone: "030 5550 140", hours: "Weekdays, 07:30 to 18:00" },
        clients: CLIENTS.to_vec(),
        people: people("bluefin", BERLIN, &staff, &CLIENTS, &CONTACTS),
        devices: 300,
    }
}

const CONTACTS: [&str; 7] = ["Ingrid Voss", "Matthias Elbe", "Clara Lindner", "Henrik Claussen", "Beate Rosenow", "Dr Katrin Sommer", "Felix Wagenknecht"];

#[rustfmt::skip]
const CLIENTS: [DemoClient; 7] = [
    DemoClient { name: "Halden & Voss", slug: "halden-voss", prefix: "HVO", trade: Trade::Workshop, weight: 26, behind: 26, sites: &[
        DemoSite { name: "Atelier", city: "Berlin" }, DemoSite { name: "Werk Oranienburg", city: "Oranienburg" },
    ] },
    DemoClient { name: "Elbtal Keramik", slug: "elbtal-keramik", prefix: "ELB", trade: Trade::Workshop, weight: 14, behind: 48, sites: &[
        DemoSite { name: "Werk 1", city: "Meißen" }, DemoSite { name: "Lager Nord", city: "Riesa" },
    ] },
    DemoClient { name: "Lindner Optik", slug: "lindner-optik", prefix: "LIN", trade: Trade::Clinic, weight: 9, behind: 24, sites: &[
        DemoSite { name: "Kudamm", city: "Berlin" }, DemoSite { name: "Altstadt", city: "Potsdam" }, DemoSite { name: "Spandau", city: "Berlin" },
    ] },
    DemoClient { name: "Nordkai Reederei", slug: "nordkai-reederei", prefix: "NKR", trade: Trade::Freight, weight: 18, behind: 38, sites: &[
        DemoSite { name: "Kontor", city: "Hamburg" }, DemoSite { name: "Terminal 3", city: "Bremerhaven" },
    ] },
    DemoClient { name: "Rosenow Baustoffe", slug: "rosenow-baustoffe", prefix: "ROS", trade: Trade::Office, weight: 16, behind: 52, sites: &[
        DemoSite { name: "Zentrale", city: "Cottbus" }, DemoSite { name: "Niederlassung Süd", city: "Görlitz" },
    ] },
    DemoClient { name: "Praxis am Markt", slug: "praxis-am-markt", prefix: "PAM", trade: Trade::Clinic, weight: 6, behind: 34, sites: &[
        DemoSite { name: "Praxis", city: "Jena" },
    ] },
    DemoClient { name: "Weissenfels Verlag", slug: "weissenfels-verlag", prefix: "WVL", trade: Trade::Legal, weight: 11, behind: 20, sites: &[
        DemoSite { name: "Redaktion", city: "Leipzig" }, DemoSite { name: "Hauptstadtbüro", city: "Berlin" },
    ] },
];

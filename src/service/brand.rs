//! The brand in its first form: name, colour, typeface, corners, navigation, and what the sign-in page says.

use app::{brand::BrandPage, people::Faults};
use domain::{
    Fault, Moment, Refusal,
    brand::{BrandTokens, BrandWords},
    people::{Permission, typed},
    tenants::mark,
};
use foundation::{Failure, Tenant, audit::Act, tenants::rows::brand};

fn tokens(row: &brand::Model) -> BrandTokens {
    serde_json::from_str::<BrandWords>(&row.tokens).ok().and_then(|words| BrandTokens::parse(&words).ok()).unwrap_or_default()
}

/// The brand as it stands.
///
/// # Errors
/// When the database fails.
pub async fn page(tenant: &Tenant) -> Result<BrandPage, Failure> {
    tenant.require(Permission::BrandManage)?;
    let row = tenant.brand().await?;
    let words = tokens(&row).words();
    Ok(BrandPage {
        version: row.version.to_string(),
        name: row.name,
        accent: words.accent,
        font: words.font,
        radius: words.radius.to_string(),
        navigation: words.navigation,
        headline: row.headline.unwrap_or_default(),
        phone: row.phone.unwrap_or_default(),
        hours: row.hours.unwrap_or_default(),
        faults: Faults::default(),
    })
}

/// An optional line of text.
fn line(field: &str, text: &str, most: usize) -> Result<Option<String>, Fault> {
    if text.trim().is_empty() { Ok(None) } else { typed::name(field, text, most).map(Some) }
}

/// Changes the brand to what was typed.
///
/// # Errors
/// [`Refusal::Invalid`] naming each field; [`Refusal::Conflict`] when somebody else changed it meanwhile.
pub async fn change(tenant: &Tenant, typed: &BrandPage, now: Moment, address: String) -> Result<(), Failure> {
    tenant.require(Permission::BrandManage)?;
    let writing = tenant.writing().await?;
    writing.require(Permission::BrandManage)?;
    let old = writing.brand().await?;
    let new = checked(&old, typed)?;
    let said = |row: &brand::Model| format!("{}, {}", row.name, tokens(row).accent);
    let act = Act {
        action: "brand changed",
        object: Some(("brand", (old.version + 1).to_string())),
        name: Some(new.name.clone()),
        before: Some(said(&old)),
        after: Some(said(&new)),
        address: Some(address),
        ..Act::default()
    };
    let version = typed.version.parse().map_err(|_| Refusal::invalid("version", "is missing"))?;
    writing.keep_brand(version, new, now).await?;
    writing.record(now, act).await?;
    writing.commit().await
}

fn checked(old: &brand::Model, typed: &BrandPage) -> Result<brand::Model, Refusal> {
    let kept = tokens(old);
    let words = BrandWords {
        accent: typed.accent.trim().to_lowercase(),
        radius: typed.radius.parse().unwrap_or_default(),
        font: typed.font.clone(),
        navigation: typed.navigation.clone(),
        ..kept.words()
    };
    let name = typed::name("name", &typed.name, 60);
    let (headline, phone, hours) = (line("headline", &typed.headline, 120), line("phone", &typed.phone, 40), line("hours", &typed.hours, 60));
    match (name, BrandTokens::parse(&words), headline, phone, hours) {
        (Ok(name), Ok(new), Ok(headline), Ok(phone), Ok(hours)) => {
            let drawn = |logo: &String, old: &str| if *logo == old { mark(&name, new.accent) } else { logo.clone() };
            let before = mark(&old.name, kept.accent);
            Ok(brand::Model {
                tokens: serde_json::to_string(&new.words()).map_err(|error| Refusal::Conflict(error.to_string()))?,
                logo_light: drawn(&old.logo_light, &before),
                logo_dark: drawn(&old.logo_dark, &before),
                favicon: drawn(&old.favicon, &before),
                name,
                headline,
                phone,
                hours,
                ..old.clone()
            })
        }
        (name, tokens, headline, phone, hours) => {
            let single = [name.err(), headline.err(), phone.err(), hours.err()].into_iter().flatten();
            Err(Refusal::Invalid(single.chain(tokens.err().unwrap_or_default()).collect()))
        }
    }
}

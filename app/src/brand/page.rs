//! The form that changes the brand.

use leptos::prelude::*;

use crate::{
    Frame,
    layout::{Settings, link},
    people::Faults,
    render,
    ui::{Button, Choice, Field, Group, Look, Select, Sheet},
};

/// The brand, as it stands or as it was typed.
#[derive(Debug, Clone, Default)]
pub struct BrandPage {
    /// The version it was read as.
    pub version: String,
    /// The name.
    pub name: String,
    /// `#rrggbb`.
    pub accent: String,
    /// `inter` or `figtree`.
    pub font: String,
    /// Pixels: 6, 9 or 14.
    pub radius: String,
    /// `light` or `dark`.
    pub navigation: String,
    /// One sentence for the sign-in page.
    pub headline: String,
    /// Whom to call.
    pub phone: String,
    /// When somebody answers.
    pub hours: String,
    /// What is wrong.
    pub faults: Faults,
}

impl BrandPage {
    /// A refused change.
    pub fn sample() -> Self {
        let own = str::to_owned;
        Self {
            version: own("1"),
            name: own("Northwind IT"),
            accent: own("#0f766e"),
            font: own("inter"),
            radius: own("6"),
            navigation: own("light"),
            headline: own("See what we do for you."),
            phone: own("030 5550 140"),
            hours: own("Weekdays 07:30 to 18:00"),
            faults: Faults(vec![domain::Fault::new("accent", "is not a colour in the form #rrggbb")]),
        }
    }

    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "Brand", move || view! { <Form page=self/> })
    }
}

fn choices(chosen: &str, all: &[(&str, &str)]) -> Vec<Choice> {
    all.iter().map(|(value, label)| Choice { value: (*value).into(), label: (*label).into(), selected: *value == chosen }).collect()
}

#[component]
fn Form(page: BrandPage) -> impl IntoView {
    let version = page.version.clone();
    view! {
        <Settings title="Brand"/>
        <form method="post" action=link("/settings/brand")>
            <input type="hidden" name="version" value=version/>
            <Sheet>
                <Looks page=page.clone()/>
                <Door page/>
            </Sheet>
        </form>
    }
}

#[component]
fn Looks(page: BrandPage) -> impl IntoView {
    let fonts = choices(&page.font, &[("inter", "Inter"), ("figtree", "Figtree")]);
    let corners = choices(&page.radius, &[("6", "Slightly round"), ("9", "Round"), ("14", "Very round")]);
    let grounds = choices(&page.navigation, &[("light", "Follows the theme"), ("dark", "Always dark")]);
    view! {
        <Group title="Looks" note="Hover, borders and readable text follow from the one colour, in light and dark.">
            <Field label="Name" name="name" value=page.name error=page.faults.of("name") required=true/>
            <Field label="Colour" name="accent" kind="color" value=page.accent error=page.faults.of("accent") required=true/>
            <Select label="Typeface" name="font" choices=fonts error=page.faults.of("font")/>
            <Select label="Corners" name="radius" choices=corners error=page.faults.of("radius")/>
            <Select label="Navigation" name="navigation" choices=grounds error=page.faults.of("navigation")/>
        </Group>
    }
}

#[component]
fn Door(page: BrandPage) -> impl IntoView {
    view! {
        <Group title="Sign-in page" note="What stands beside the form, for people who are not signed in yet.">
            <Field label="Headline" name="headline" value=page.headline error=page.faults.of("headline")/>
            <Field label="Phone" name="phone" value=page.phone error=page.faults.of("phone")/>
            <Field label="Hours" name="hours" value=page.hours error=page.faults.of("hours")/>
            <div class="sheet-acts"><Button look=Look::Primary>"Save the brand"</Button></div>
        </Group>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Audience, layout::proof};

    #[test]
    fn a_refused_brand_keeps_what_was_typed() {
        let html = BrandPage::sample().render(Frame { path: "/settings/brand".into(), ..Frame::sample() });
        proof::sound(&html);
        assert!(html.contains("Is not a colour in the form #rrggbb.") && html.contains("value=\"030 5550 140\""));
    }

    #[test]
    fn hostile_text_stays_text() {
        let bad = || proof::HOSTILE.to_owned();
        let page = BrandPage { name: bad(), accent: bad(), headline: bad(), phone: bad(), hours: bad(), version: bad(), ..BrandPage::sample() };
        proof::sound(&page.render(proof::hostile_frame(Some(Audience::Staff))));
    }
}

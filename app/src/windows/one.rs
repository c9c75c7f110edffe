//! The page of one window, or of a new one: its form, its next times, and the way to remove it.

use domain::windows::Occurrence;
use leptos::prelude::*;

use super::{
    WindowLine, WindowPage,
    form::Form,
    page::{Times, at},
};
use crate::{
    Frame,
    layout::{Settings, clock, link},
    render,
    ui::{Badge, Button, Confirm, Crumb, Crumbs, Fact, Facts, Look, Section, Tone},
};

impl WindowPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        let title = self.line.as_ref().map_or_else(|| "New window".to_owned(), |line| line.name.clone());
        render(frame, &title, move || view! { <One page=self/> })
    }
}

#[component]
fn One(page: WindowPage) -> impl IntoView {
    let above = vec![Crumb { label: "Windows".into(), href: link("/settings/windows") }];
    let here = page.line.as_ref().map_or_else(|| "New window".to_owned(), |line| line.name.clone());
    let (coming, zone, line, revision) = (page.coming.clone(), page.zone.clone(), page.line.clone(), page.revision);
    let over = line.as_ref().is_some_and(|line| line.is_over(clock().now));
    let remove = line.clone().filter(|_| page.may_change).map(|line| view! { <Remove line revision/> });
    let body = match line {
        Some(line) if !page.may_change => view! { <Stands line/> }.into_any(),
        _ => view! { <Section title=here.clone()><Form page/></Section> }.into_any(),
    };
    view! {
        <Settings title="Windows"/>
        <div class="settings-crumbs"><Crumbs above here/></div>
        <div class="columns">
            <div>{body}</div>
            <aside aria-label="Next times"><Next coming zone over/>{remove}</aside>
        </div>
    }
}

/// What stands, for whoever may not change it.
#[component]
fn Stands(line: WindowLine) -> impl IntoView {
    view! {
        <Section title=line.name>
            <Facts>
                <Fact label="Where">{line.place}</Fact>
                <Fact label="When">{line.sentence}</Fact>
                <Fact label="Effect">{line.effect}</Fact>
            </Facts>
        </Section>
    }
}

/// The next times of what is typed.
#[component]
fn Next(coming: Vec<Occurrence>, zone: String, over: bool) -> impl IntoView {
    let now = clock().now;
    let line = move |occurrence: Occurrence| {
        let open = occurrence.contains(now).then(|| view! { <Badge tone=Tone::Accent>"Open"</Badge> });
        view! { <li><Times occurrence zone=zone.clone()/>" "{open}</li> }
    };
    let words = match (coming.is_empty(), over) {
        (true, true) => Some("It is over."),
        (true, false) => Some("Preview shows when it would be."),
        (false, _) => None,
    };
    view! {
        <Section title="Next times">
            {words.map(|words| view! { <p class="section-words soft">{words}</p> })}
            <ol class="window-next">{coming.into_iter().map(line).collect_view()}</ol>
        </Section>
    }
}

#[component]
fn Remove(line: WindowLine, revision: i64) -> impl IntoView {
    let open = line.is_open(clock().now);
    let what = if open { "It ends now: what it suppressed and still holds is shown as open." } else { "It does not come again." };
    let label = if open { "End and remove" } else { "Remove" };
    view! {
        <Section title="Remove">
            <div class="act-row">
                <p>{what}</p>
                <Confirm label title="Remove this window?" icon="trash-2" danger=true>
                    <p>{what}</p>
                    <form method="post" action=at(&format!("{}/removal", line.id))>
                        <input type="hidden" name="revision" value=revision.to_string()/>
                        <p class="confirm-act"><Button look=Look::Danger small=true>"Remove it"</Button></p>
                    </form>
                </Confirm>
            </div>
        </Section>
    }
}

//! What we did: the transparency log that contacts read.

use domain::{Moment, devices::query::encode, ids::DeviceId};
use leptos::prelude::*;

use crate::{
    Frame,
    layout::link,
    render,
    ui::{Button, Empty, Icon, LinkButton, PageHead, Stamp},
};

/// Something that somebody of the MSP did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// When.
    pub at: Moment,
    /// The first name of who did it; untrusted text.
    pub who: String,
    /// What, after the name; untrusted text.
    pub words: String,
    /// The icon before it.
    pub icon: &'static str,
    /// The device that it was done to, while that is within reach.
    pub device: Option<DeviceId>,
}

/// `/what-we-did`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkPage {
    /// The acts, newest first.
    pub deeds: Vec<Deed>,
    /// The place after the last of them, when more follow.
    pub older: Option<String>,
    /// The month that is shown; empty: all.
    pub month: String,
    /// The device that is shown; empty: all.
    pub device: String,
    /// Whether this is the first page.
    pub first: bool,
}

impl WorkPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        let brand = frame.brand.name.clone();
        render(frame, "What we did", move || view! { <WorkView page=self brand/> })
    }

    /// Three acts.
    pub fn sample() -> Self {
        let now = crate::layout::sample::NOW;
        let deed = |n: i64, words: &str, icon| Deed { at: now - n * domain::time::HOUR, who: "Priya".into(), words: words.into(), icon, device: None };
        let deeds =
            vec![deed(1, "restarted HV-SRV-01", "terminal"), deed(5, "answered R-1042 The printer hums", "info"), deed(30, "looked at your portal", "eye-off")];
        Self { deeds, older: Some("1.x".into()), first: true, ..Self::default() }
    }
}

/// The page; `brand` is the MSP's name.
#[component]
pub fn WorkView(page: WorkPage, brand: String) -> impl IntoView {
    let kept = format!("month={}&device={}", encode(&page.month), encode(&page.device));
    let narrowed = !page.month.is_empty() || !page.device.is_empty();
    let clear = narrowed.then(|| view! { <a class="text-link" href=link("/what-we-did")>"Clear filters"</a> });
    let one = (!page.device.is_empty()).then(|| view! { <input type="hidden" name="device" value=page.device.clone()/><span class="tag">"One device"</span> });
    let body = if page.deeds.is_empty() {
        let text = format!("What {brand} does on your devices and for your requests stands here, with who did it and when.");
        view! { <div class="alone"><Empty icon="history" title="Nothing here" text/></div> }.into_any()
    } else {
        view! { <Deeds deeds=page.deeds/> }.into_any()
    };
    let older = page.older.map(|place| view! { <LinkButton href=link(&format!("/what-we-did?{kept}&after={place}"))>"Older"</LinkButton> });
    let first = (!page.first).then(|| view! { <LinkButton href=link(&format!("/what-we-did?{kept}"))>"First page"</LinkButton> });
    view! {
        <PageHead title="What we did" note=brand/>
        <form class="filters" method="get" action=link("/what-we-did")>
            <label class="day-field" for="month"><span>"Month"</span><input id="month" name="month" type="month" class="input" value=page.month/></label>
            {one}
            <Button>"Apply"</Button>
            {clear}
        </form>
        {body}
        <p class="section-words">{first}" "{older}</p>
    }
}

/// Acts as a list.
#[component]
pub fn Deeds(deeds: Vec<Deed>) -> impl IntoView {
    let line = |deed: Deed| {
        let device = deed.device.map(|id| view! { " "<a class="text-link" href=link(&format!("/devices/{id}"))>"Open the device"</a> });
        view! { <li><Icon name=deed.icon class="icon-sm"/><span class="talk-words"><strong>{deed.who}</strong> " " {deed.words} {device}</span><span class="soft"><Stamp at=deed.at/></span></li> }
    };
    view! { <ol class="deeds">{deeds.into_iter().map(line).collect_view()}</ol> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Audience,
        layout::proof::{HOSTILE, hostile_frame, sound},
    };

    #[test]
    fn acts_are_sentences() {
        let html = WorkPage::sample().render(Frame::sample_contact());
        sound(&html);
        assert!(html.contains("<strong>Priya</strong>") && html.contains("restarted HV-SRV-01") && html.contains("after=1.x"));
        sound(&WorkPage::default().render(Frame::sample_contact()));
        let mut bad = WorkPage { month: HOSTILE.into(), device: HOSTILE.into(), ..WorkPage::sample() };
        bad.deeds.iter_mut().for_each(|deed| (deed.who, deed.words) = (HOSTILE.into(), HOSTILE.into()));
        sound(&bad.render(hostile_frame(Some(Audience::Contact))));
    }
}

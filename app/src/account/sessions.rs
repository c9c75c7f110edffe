//! My sessions: each browser that is signed in, and a button that ends it.

use domain::{Moment, ids::SessionId, time::MINUTE};
use leptos::prelude::*;

use crate::{
    layout::{clock, link},
    ui::{At, Badge, Button, Cell, Column, Head, Look, PageHead, Row, Rows, Slot, Table, Tone, When},
};

/// One signed-in browser.
#[derive(Debug, Clone)]
pub struct SessionLine {
    /// Its public name; the secret stays in the browser.
    pub id: SessionId,
    /// Browser and system: `Firefox on Linux`.
    pub browser: String,
    /// The address it was last used from.
    pub address: String,
    /// When it signed in.
    pub signed_in: Moment,
    /// When it was last used.
    pub seen: Moment,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// What the page shows, the current one first.
#[derive(Debug, Clone)]
pub struct SessionsPage {
    /// The sessions that live.
    pub sessions: Vec<SessionLine>,
}

impl SessionsPage {
    /// Three browsers.
    pub fn sample() -> Self {
        let now = crate::layout::sample::NOW;
        let line = |n: u128, browser: &str, address: &str, age: i64, idle: i64, current: bool| SessionLine {
            id: SessionId(uuid(n)),
            browser: browser.into(),
            address: address.into(),
            signed_in: now - age * MINUTE,
            seen: now - idle * MINUTE,
            current,
        };
        Self {
            sessions: vec![
                line(1, "Firefox on Linux", "192.0.2.17", 94, 0, true),
                line(2, "Safari on iPhone", "198.51.100.4", 231, 12, false),
                line(3, "Chrome on Windows", "2001:db8:40:2::7", 402, 26, false),
            ],
        }
    }
}

fn uuid(n: u128) -> domain::ids::Uuid {
    domain::ids::Uuid::from_u128(n)
}

/// The list, with one button per row and one for all others.
#[component]
pub fn Sessions(page: SessionsPage) -> impl IntoView {
    let others = page.sessions.iter().filter(|line| !line.current).count();
    let note = match page.sessions.len() {
        1 => "1 browser is signed in".to_owned(),
        n => format!("{n} browsers are signed in"),
    };
    view! {
        <PageHead title="My sessions" note>{(others > 0).then(|| view! { <EndOthers others/> })}</PageHead>
        <Table caption="Signed-in browsers">
            <Head>
                <Column label="Browser"/>
                <Column label="Address"/>
                <Column label="Signed in"/>
                <Column label="Last used"/>
                <Column label="End" hidden=true/>
            </Head>
            <Rows>{page.sessions.into_iter().map(|line| view! { <Line line/> }).collect_view()}</Rows>
        </Table>
        <p class="foot-note">"A session ends by itself when it is not used, and at the latest at the end of the day. Do you not know one of these? End it, then change your password."</p>
    }
}

#[component]
fn Line(line: SessionLine) -> impl IntoView {
    let used = if clock().now.since(line.seen) < MINUTE { view! { "now" }.into_any() } else { view! { <When at=line.seen ago=true/> }.into_any() };
    view! {
        <Row>
            <Cell kind=Slot::Lead>
                {line.browser}
                {line.current.then(|| view! { <span class="beside"><Badge tone=Tone::Accent>"This one"</Badge></span> })}
            </Cell>
            <Cell kind=Slot::Sub>{line.address}</Cell>
            <Cell><span class="stacked-word">"signed in "</span><At at=line.signed_in/></Cell>
            <Cell><span class="stacked-word">"used "</span>{used}</Cell>
            <Cell kind=Slot::Act>{(!line.current).then(|| view! { <End id=line.id/> })}</Cell>
        </Row>
    }
}

#[component]
fn End(id: SessionId) -> impl IntoView {
    view! {
        <form method="post" action=link(&format!("/account/sessions/{id}/removal"))>
            <Button small=true>"End"</Button>
        </form>
    }
}

#[component]
fn EndOthers(others: usize) -> impl IntoView {
    let label = if others == 1 { "End the other one".to_owned() } else { format!("End all {others} others") };
    view! {
        <form method="post" action=link("/account/sessions/removal")>
            <Button look=Look::Danger icon="log-out">{label}</Button>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Audience, Frame, layout::proof, render};

    #[test]
    fn every_other_session_has_its_button() {
        let html = render(Frame::sample(), "My sessions", || view! { <Sessions page=SessionsPage::sample()/> });
        proof::sound(&html);
        assert_eq!(html.matches("/removal\"").count(), 3, "two rows and one for all");
        assert!(html.contains("End all 2 others") && html.contains("This one") && html.contains("12 min ago"));
    }

    #[test]
    fn hostile_text_stays_text() {
        let mut page = SessionsPage::sample();
        page.sessions.iter_mut().for_each(|line| (line.browser, line.address) = (proof::HOSTILE.into(), proof::HOSTILE.into()));
        for audience in [Audience::Staff, Audience::Contact, Audience::Operator] {
            let page = page.clone();
            proof::sound(&render(proof::hostile_frame(Some(audience)), "x", || view! { <Sessions page/> }));
        }
    }
}

//! The pages of alerts from their samples.

use domain::{
    alerts::{
        InboxQuery,
        inbox::{Show, Sort},
    },
    people::Role,
};

use super::{AlertPage, AlertsTab, ConditionPage, EffectiveTab, InboxPage, PoliciesPage, PolicyPage};
use crate::{
    Audience, Frame,
    devices::{
        HOSTILE,
        detail::{DevicePage, DeviceTab},
    },
    layout::proof::{self, hostile_frame, sound},
    ui::thousands,
};

fn frame(path: &str) -> Frame {
    Frame { path: path.into(), ..Frame::sample() }
}

fn inbox(page: InboxPage) -> String {
    page.render(frame("/alerts"))
}

/// The attribute as it stands in HTML.
fn href(query: &InboxQuery) -> String {
    format!("href=\"/alerts{}\"", query.to_query().replace('&', "&amp;"))
}

fn on_device(tab: DeviceTab) -> DevicePage {
    DevicePage { tab, ..DevicePage::sample() }
}

#[test]
fn the_inbox_shows_what_is_wrong_and_where() {
    let page = InboxPage::sample();
    let html = inbox(page.clone());
    sound(&html);
    for text in ["Disk free: /var", "3.8 % free", "Critical", "Not seen", "Brightwater Logistics", "12 min ago", ">Open<", "Apply"] {
        assert!(html.contains(text), "{text}");
    }
    for row in &page.rows {
        for path in [format!("/alerts/{}", row.id), format!("/devices/{}", row.device.0), format!("/clients/{}", row.client.0)] {
            assert!(html.contains(&format!("href=\"{path}\"")), "{path}");
        }
    }
    assert_eq!(html.matches("class=\"row-link\"").count(), page.rows.len());
}

#[test]
fn a_chip_opens_the_list_that_it_counts() {
    let shown = InboxPage { query: InboxQuery { q: "disk".into(), sort: Sort::Severity, ..InboxQuery::default() }, ..InboxPage::sample() };
    let html = inbox(shown.clone());
    for (show, n) in &shown.counts {
        let link = href(&shown.query.with(|query| query.show = *show));
        let chip = html.rsplit(&link).next().and_then(|rest| rest.split("</a>").next()).unwrap_or_default();
        assert!(chip.contains(show.label()) && chip.contains(&format!(">{}<", thousands(*n))), "{show:?}: {chip}");
    }
    assert!(html.contains(&href(&shown.query.with(|query| query.by_client = true))), "grouping keeps the filters");
    assert!(html.contains(&href(&InboxQuery { sort: Sort::Severity, ..InboxQuery::default() })), "clearing keeps the order");
}

#[test]
fn one_form_acts_on_many_without_a_script() {
    let page = InboxPage::sample_grouped();
    let html = inbox(page.clone());
    sound(&html);
    let form = html.split("action=\"/alerts/acts\"").nth(1).and_then(|rest| rest.split("</form>").next()).unwrap_or_default();
    assert!(!form.contains("<form"), "no form in a form");
    for row in &page.rows {
        assert!(form.contains(&format!("name=\"alert\" value=\"{}\"", row.id)));
    }
    for act in ["acknowledge", "snooze", "resolve", "dismiss"] {
        assert!(form.contains(&format!("name=\"act\" value=\"{act}\"")), "{act}");
    }
    let back = page.query.to_query().replace('&', "&amp;");
    for text in ["name=\"snooze\"", "value=\"3d\"", "name=\"note\"", &format!("name=\"back\" value=\"{back}\"")] {
        assert!(form.contains(text), "{text}");
    }
    let read_only = inbox(InboxPage { may_act: false, ..page });
    assert!(!read_only.contains("name=\"alert\"") && !read_only.contains("/alerts/acts"));
}

#[test]
fn groups_are_counted_and_each_state_has_a_word_and_a_shape() {
    let page = InboxPage::sample_grouped();
    let html = inbox(page.clone());
    let clients: std::collections::BTreeSet<_> = page.rows.iter().map(|row| row.client.0).collect();
    assert_eq!(html.matches("class=\"group-row\"").count(), clients.len());
    assert!(html.contains("on this page") && html.contains(&href(page.older.as_ref().expect("older"))));
    for text in ["Acknowledged", "Snoozed", "Suppressed", "Resolved by itself", "Dismissed", "condition clear", "3 alerts changed.", "1 was left as it is"] {
        assert!(html.contains(text), "{text}");
    }
    let whole = inbox(InboxPage { older: None, ..page });
    assert!(!whole.contains("on this page"));
}

#[test]
fn an_empty_inbox_says_why() {
    let html = inbox(InboxPage::sample_empty());
    sound(&html);
    assert!(html.contains("Nothing needs you") && html.contains("monitoring policies") && html.contains("href=\"/settings/monitoring\""));
    let mut technician = frame("/alerts");
    technician.viewer.as_mut().expect("a viewer").may = Role::Technician.permissions();
    assert!(!InboxPage::sample_empty().render(technician).contains("href=\"/settings/monitoring\""));
    let html = inbox(InboxPage::sample_no_match());
    assert!(html.contains("No alert matches") && html.contains("value=\"printer\"") && html.contains("Clear filters"));
    for show in Show::ALL {
        let page = InboxPage { query: InboxQuery { show, ..InboxQuery::default() }, ..InboxPage::sample_empty() };
        assert!(inbox(page).contains("class=\"empty\""), "{show:?}");
    }
    let refused = inbox(InboxPage { error: Some("Choose at least one alert.".into()), ..InboxPage::sample() });
    assert!(refused.contains("role=\"alert\"") && refused.contains("Choose at least one alert."));
}

#[test]
fn one_alert_says_why_and_offers_what_its_state_allows() {
    let page = AlertPage::sample();
    let html = page.clone().render(frame("/alerts"));
    sound(&html);
    let of = |below: &str| format!("action=\"/alerts/{}{below}\"", page.line.id);
    for below in ["/acknowledgement", "/snooze", "/resolution", "/dismissal"] {
        assert!(html.contains(&format!("form{}", of(below))), "{below}");
    }
    assert!(!html.contains("/removal\""), "only what the state allows");
    for text in [
        "Less than 15 % free on /var for 5 min",
        "from the client's policy",
        "the usual value",
        "name=\"revision\" value=\"4\"",
        "name=\"note\"",
        "name=\"snooze\"",
        "by Priya Raman",
        "The nightly backup makes room.",
        "Other live alerts",
        "It holds right now.",
    ] {
        assert!(html.contains(text), "{text}");
    }
    let over = AlertPage::sample_over().render(frame("/alerts"));
    assert!(over.contains(&of("/resolution/removal")) && over.contains("It does not hold any more.") && !over.contains("/dismissal"));
    let quiet = AlertPage { offers: Vec::new(), ..page }.render(frame("/alerts"));
    assert!(!quiet.contains("name=\"revision\""));
}

#[test]
fn a_device_has_its_alerts_and_its_effective_policy() {
    let id = DevicePage::sample().head.id;
    let html = on_device(DeviceTab::Alerts(AlertsTab::sample(id))).render(Frame::sample());
    sound(&html);
    assert!(html.contains("2 live") && html.contains(&format!("href=\"/alerts?show=all&amp;device={id}\"")));
    assert!(html.contains(&format!("href=\"/devices/{id}/alerts\" aria-current=\"page\"")));
    assert!(on_device(DeviceTab::Alerts(AlertsTab::sample_empty(id))).render(Frame::sample()).contains("No alerts yet"));
    let html = on_device(DeviceTab::Policy(EffectiveTab::sample(id))).render(Frame::sample());
    sound(&html);
    for text in [
        "Effective policy",
        "nginx.service failed or stopped for 1 min",
        "from the client's policy",
        "3.8 % free",
        "Not watched",
        &format!("href=\"/settings/monitoring/{id}\""),
        "href=\"/settings/monitoring/tenant\"",
    ] {
        assert!(html.contains(text), "{text}");
    }
    let mut contact = Frame::sample();
    contact.viewer.as_mut().expect("a viewer").may = Role::Contact.permissions();
    assert!(!DevicePage::sample().render(contact).contains("/policy\""));
}

#[test]
fn policies_lead_to_each_condition() {
    let html = PoliciesPage::sample().render(frame("/settings/monitoring"));
    sound(&html);
    for text in ["All clients", "3 values set", "name=\"place\"", "href=\"/settings/monitoring/tenant\"", "BWL-SRV-DB02"] {
        assert!(html.contains(text), "{text}");
    }
    assert!(PoliciesPage::sample_empty().render(frame("/settings/monitoring")).contains("Nobody differs"));
    let page = PolicyPage::sample();
    let base = format!("/settings/monitoring/{}", page.place.word);
    let html = page.clone().render(frame(&base));
    sound(&html);
    for text in
        ["set here", "the usual value", "name=\"kind\"", "name=\"subject\"", "Is missing.", &format!("{base}/disk%3A%2Fvar\""), &format!("action=\"{base}\"")]
    {
        assert!(html.contains(text), "{text}");
    }
    let read_only = PolicyPage { may_change: false, ..page }.render(frame(&base));
    assert!(!read_only.contains("name=\"kind\"") && !read_only.contains("/disk%3A"));
}

#[test]
fn a_condition_says_what_is_inherited_and_what_is_wrong() {
    let page = ConditionPage::sample();
    let to = format!("/settings/monitoring/{}/disk%3A%2Fvar", page.place.word);
    let html = page.render(frame(&to));
    sound(&html);
    for name in ["on", "severity", "raise", "clear", "lasts", "clear_lasts", "revision"] {
        assert!(html.contains(&format!("name=\"{name}\"")), "{name}");
    }
    for text in [
        &*format!("action=\"{to}\""),
        &*format!("action=\"{to}/removal\""),
        "Inherited: 10 %, the usual value.",
        "Must be at least 15, the limit that raises.",
        "value=\"15\"",
        "Less than 15 % free on /var for 5 min: high.",
    ] {
        assert!(html.contains(text), "{text}");
    }
    let quiet = ConditionPage { key: super::sample::key("reboot"), inherited: super::sample::rule("reboot"), ..ConditionPage::sample() };
    assert!(!quiet.render(frame(&to)).contains("name=\"raise\""));
}

#[test]
fn hostile_text_stays_text() {
    let id = DevicePage::sample().head.id;
    for bad in [proof::HOSTILE, HOSTILE] {
        let frame = || hostile_frame(Some(Audience::Staff));
        let pages = [
            InboxPage::sample_hostile(bad).render(frame()),
            AlertPage::sample_hostile(bad).render(frame()),
            on_device(DeviceTab::Alerts(AlertsTab::sample_hostile(id, bad))).render(frame()),
            on_device(DeviceTab::Policy(EffectiveTab::sample_hostile(id, bad))).render(frame()),
            PoliciesPage::sample_hostile(bad).render(frame()),
            PolicyPage::sample_hostile(bad).render(frame()),
            ConditionPage::sample_hostile(bad).render(frame()),
        ];
        for html in pages {
            sound(&html);
            assert!(!html.contains("<script>alert") && !html.contains("<img src=x"), "let out as markup");
        }
    }
}

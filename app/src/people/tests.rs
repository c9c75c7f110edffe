//! The pages of people, drawn from samples and from hostile text.

use super::*;
use crate::{Audience, Frame, audit::AuditTail, layout::proof};

fn settings() -> Frame {
    Frame { path: "/settings/people".into(), ..Frame::sample() }
}

#[test]
fn the_list_names_everybody() {
    let html = PeoplePage::sample().render(settings());
    proof::sound(&html);
    for text in ["Helen Marsh", "You", "Invited", "Disabled", "Next page", "after=piet%40northwind.example"] {
        assert!(html.contains(text), "{text}");
    }
}

#[test]
fn a_refused_form_keeps_what_was_typed() {
    let html = AddPage::sample().render(settings());
    proof::sound(&html);
    for text in ["value=\"Ann Archer\"", "Is not an e-mail address.", "Needs at least one.", "South (2 clients)"] {
        assert!(html.contains(text), "{text}");
    }
}

#[test]
fn an_owner_is_beyond_an_administrator() {
    let mut page = PersonPage::sample();
    assert!(page.clone().render(settings()).contains("/disablement\""));
    page.picks.roles.clear();
    let html = page.render(settings());
    proof::sound(&html);
    assert!(html.contains("Only an owner may change an owner") && !html.contains("/disablement\"") && !html.contains("/link\""));
}

#[test]
fn a_group_in_use_cannot_be_deleted() {
    let mut page = GroupsPage::sample();
    let html = page.clone().render(settings());
    proof::sound(&html);
    assert_eq!(html.matches("/removal\"").count(), 1);
    page.groups[0].people = 2;
    let html = page.render(settings());
    assert!(html.contains("2 people have it") && !html.contains("/removal\""));
}

#[test]
fn the_welcome_says_what_is_wrong() {
    let html = WelcomePage::sample().render(Frame::sample_signed_out());
    proof::sound(&html);
    assert!(html.contains("Is not the same.") && html.contains("ann@northwind.example"));
    let dead = WelcomePage::render_dead(Frame::sample_signed_out());
    proof::sound(&dead);
    assert!(dead.contains("works once"));
}

#[test]
fn hostile_text_stays_text() {
    let bad = || proof::HOSTILE.to_owned();
    let frame = || proof::hostile_frame(Some(Audience::Staff));
    let mut list = PeoplePage::sample();
    list.people.iter_mut().for_each(|line| (line.name, line.email, line.scope) = (bad(), bad(), bad()));
    (list.q, list.older) = (bad(), Some(bad()));
    let picks = Picks { clients: vec![(Picks::sample().clients[0].0, bad())], groups: vec![(Picks::sample().groups[0].0, bad(), 1)], ..Picks::sample() };
    let person =
        PersonPage { line: list.people[0].clone(), picks: picks.clone(), acts: Some(AuditTail::sample_hostile(proof::HOSTILE)), ..PersonPage::sample() };
    let mut groups = GroupsPage { clients: picks.clients.clone(), ..GroupsPage::sample() };
    groups.groups.iter_mut().for_each(|group| group.name = bad());
    let welcome = WelcomePage { token: bad(), name: bad(), email: bad(), portal: bad(), ..WelcomePage::sample() };
    for html in [
        list.render(frame()),
        AddPage { name: bad(), email: bad(), picks, ..AddPage::sample() }.render(frame()),
        AddPage::render_link(frame(), proof::HOSTILE, bad(), "/settings/people".into()),
        person.render(frame()),
        groups.render(frame()),
        welcome.render(proof::hostile_frame(None)),
    ] {
        proof::sound(&html);
    }
}

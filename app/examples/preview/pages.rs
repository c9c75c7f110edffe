//! The pages and their samples.

use app::{
    Frame,
    account::{Sessions, SessionsPage},
    clients::ClientsPage,
    devices::{DevicesPage, detail::DevicePage},
    errors::{Problem, ProblemPage},
    home::{ContactHome, StaffHome},
    render,
    sign_in::{SignIn, SignInPage},
    tenants::{Tenants, TenantsPage},
    ui::{PageHead, live::LiveMark},
};
use leptos::prelude::*;

use crate::parts::Parts;

/// Every page as name and HTML; `dress` puts a brand and a theme on a frame.
pub fn all(dress: &dyn Fn(Frame) -> Frame) -> Vec<(&'static str, String)> {
    let (staff, contact, operator, out) =
        (|| dress(Frame::sample()), || dress(Frame::sample_contact()), || dress(Frame::sample_operator()), || dress(Frame::sample_signed_out()));
    let toasted = Frame { toast: Some("Session ended on Safari on iPhone.".into()), path: "/account/sessions".into(), ..staff() };
    let problem = |frame: Frame, problem: Problem| render(frame, problem.title(), || view! { <ProblemPage problem back="/devices".to_owned()/> });
    let plain = SignInPage { fault: None, hints: Vec::new(), hint_password: None, email: String::new(), ..SignInPage::sample() };
    let mut pages = rooms(dress);
    pages.extend([
        ("parts", render(staff(), "Parts", || view! { <Parts/> })),
        ("parts-contact", render(contact(), "Parts", || view! { <Parts/> })),
        ("sign-in", render(out(), "Sign in", || view! { <SignIn page=plain phone="030 5550 140".to_owned()/> })),
        ("sign-in-fault", render(out(), "Sign in", || view! { <SignIn page=SignInPage::sample() phone="030 5550 140".to_owned()/> })),
        ("sign-in-platform", render(Frame { viewer: None, ..operator() }, "Sign in", || view! { <SignIn page=SignInPage::sample_platform()/> })),
        ("sessions", render(toasted, "My sessions", || view! { <Sessions page=SessionsPage::sample()/> })),
        ("sessions-contact", render(contact(), "My sessions", || view! { <Sessions page=SessionsPage::sample()/> })),
        ("live", live(staff())),
        ("folded", render(Frame { navigation_collapsed: true, ..staff() }, "My sessions", || view! { <Sessions page=SessionsPage::sample()/> })),
        ("tenants", render(operator(), "Tenants", || view! { <Tenants page=TenantsPage::sample()/> })),
        ("not-found", problem(staff(), Problem::NotFound)),
        ("forbidden-contact", problem(contact(), Problem::Forbidden { permission: "clients: read".into() })),
        ("broken-out", problem(out(), Problem::Broken { reference: "7f3a-19c2".into() })),
    ]);
    pages
}

fn live(frame: Frame) -> String {
    let frame = Frame { islands: true, ..frame };
    render(frame, "Live", || view! { <PageHead title="Live"><LiveMark since=0 base=String::new() href="/".to_owned()/></PageHead> })
}

fn rooms(dress: &dyn Fn(Frame) -> Frame) -> Vec<(&'static str, String)> {
    let staff = |path: &str| dress(Frame { path: path.into(), ..Frame::sample() });
    let contact = |path: &str| dress(Frame { path: path.into(), ..Frame::sample_contact() });
    vec![
        ("home", StaffHome::sample().render(staff("/"))),
        ("home-empty", StaffHome::sample_empty().render(staff("/"))),
        ("home-contact", ContactHome::sample().render(contact("/"))),
        ("clients", ClientsPage::sample().render(staff("/clients"))),
        ("devices", DevicesPage::sample().render(staff("/devices"))),
        ("devices-filtered", DevicesPage::sample_filtered().render(staff("/devices"))),
        ("devices-none", DevicesPage::sample_no_match().render(staff("/devices"))),
        ("devices-contact", DevicesPage::sample_contact().render(contact("/devices"))),
        ("device", DevicePage::sample().render(staff("/devices/x"))),
        ("device-hardware", DevicePage::sample_hardware().render(staff("/devices/x"))),
        ("device-software", DevicePage::sample_software().render(staff("/devices/x"))),
        ("device-updates", DevicePage::sample_updates().render(staff("/devices/x"))),
        ("device-history", DevicePage::sample_history().render(staff("/devices/x"))),
        ("device-quarantined", DevicePage::sample_quarantined().render(staff("/devices/x"))),
    ]
}

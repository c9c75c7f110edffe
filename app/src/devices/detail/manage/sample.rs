//! The page with an invented device, and with hostile texts.

use domain::{
    ids::{DeviceId, SiteId, Uuid},
    time::{DAY, HOUR},
};

use super::{Credential, ManageTab, Place, Renewal, Typed};
use crate::layout::sample::NOW;

impl ManageTab {
    /// A server with our own agent, two tags and a note.
    pub fn sample(id: DeviceId) -> Self {
        let site = |n: u128| SiteId(Uuid::from_u128(n));
        let place = |n, client: &str, name: &str| Place { site: site(n), names: (client.into(), name.into()) };
        Self {
            id,
            name: Typed::of("Warehouse database"),
            hostname: "BWL-SRV-DB02".into(),
            site: Typed::of(site(1).to_string()),
            places: vec![
                place(1, "Brightwater Logistics", "Felixstowe Dock"),
                place(2, "Brightwater Logistics", "Ipswich"),
                place(3, "Castell Legal", "Reading"),
            ],
            tags: vec!["gold".into(), "sql".into()],
            tag: Typed::default(),
            note: Typed::of("Restart only after 22:00.\nThe key to rack B hangs at the porter's."),
            retired: false,
            credential: Credential::Own { made_at: NOW - 240 * DAY, revoked_at: None, enrolled_by: Some("Felixstowe, servers".into()) },
            renewal: None,
            goes: (31, 412),
        }
    }

    /// Every text tries to be markup, every field is refused.
    pub fn sample_hostile(id: DeviceId, bad: &str) -> Self {
        let field = || Typed { value: bad.into(), error: Some(bad.into()) };
        Self {
            name: field(),
            hostname: bad.into(),
            site: field(),
            places: vec![Place { site: SiteId(Uuid::from_u128(1)), names: (bad.into(), bad.into()) }],
            tags: vec![bad.into()],
            tag: field(),
            note: field(),
            retired: true,
            credential: Credential::Own { made_at: NOW, revoked_at: Some(NOW), enrolled_by: Some(bad.into()) },
            renewal: Some(Renewal { server: bad.into(), token: bad.into(), until: NOW + 24 * HOUR }),
            ..Self::sample(id)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Frame,
        devices::detail::{DevicePage, DeviceTab},
        layout::proof,
    };

    fn page(change: impl FnOnce(&mut ManageTab)) -> String {
        let shown = DevicePage::sample();
        let mut tab = ManageTab::sample(shown.head.id);
        change(&mut tab);
        DevicePage { tab: DeviceTab::Manage(tab), ..shown }.render(Frame::sample())
    }

    #[test]
    fn each_act_has_its_form_and_says_what_goes() {
        let html = page(|_| ());
        proof::sound(&html);
        for act in ["name", "site", "tags", "tags/removal", "note", "retirement", "key/renewal", "key/revocation", "removal"] {
            assert!(html.contains(&format!("/{act}\"")), "{act}");
        }
        for text in ["It reports as BWL-SRV-DB02", "31 changes", "412 packages", "Castell Legal \u{203a} Reading", "Restart only after 22:00."] {
            assert!(html.contains(text), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_done_is_said_and_not_offered() {
        let retired = page(|tab| tab.retired = true);
        assert!(retired.contains("/retirement/removal\"") && !retired.contains("/retirement\"") && !retired.contains("/key/renewal"));
        let shared = page(|tab| tab.credential = Credential::Shared { enrolled_by: None });
        assert!(shared.contains("no key of their own") && !shared.contains("/key/"));
        let none = page(|tab| tab.credential = Credential::None);
        assert!(none.contains("so it has no key") && !none.contains("/key/"));
    }

    #[test]
    fn hostile_text_stays_text() {
        for bad in [proof::HOSTILE, crate::devices::HOSTILE] {
            let html = page(|tab| *tab = ManageTab::sample_hostile(tab.id, bad));
            proof::sound(&html);
            assert!(!html.contains("<script>alert") && !html.contains("<img src=x"));
        }
    }
}

//! The head that the pages below `/settings` share: a tab for each room of settings that the viewer may enter.

use domain::people::Permission;
use leptos::prelude::*;

use super::place::{link, may, place};
use crate::ui::{PageHead, Tab, Tabs};

/// The rooms of settings, in the order of their tabs.
const ROOMS: [(&str, &str, Permission); 7] = [
    ("People", "/settings/people", Permission::PeopleManage),
    ("Enrolment", "/settings/enrolment", Permission::EnrolmentManage),
    ("Monitoring", "/settings/monitoring", Permission::MonitoringManage),
    ("Windows", "/settings/windows", Permission::WindowsManage),
    ("Channels", "/settings/channels", Permission::ChannelsManage),
    ("Brand", "/settings/brand", Permission::BrandManage),
    ("Audit", "/settings/audit", Permission::AuditRead),
];

/// The first room of settings that somebody with `permissions` may enter.
pub fn first_room(permissions: &[Permission]) -> Option<&'static str> {
    ROOMS.into_iter().find(|(_, _, needed)| permissions.contains(needed)).map(|(_, path, _)| path)
}

/// The heading of one room of settings with the tabs of all; `children` are the room's own acts, at the right.
#[component]
pub fn Settings(
    #[prop(into)] title: String,
    #[prop(default = None, into)] note: Option<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let path = place().path;
    let tab = move |(label, room, _): (&'static str, &'static str, Permission)| {
        let active = path.strip_prefix(room).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
        view! { <Tab href=link(room) label active/> }
    };
    let acts = children.map(|children| children()).into_any();
    view! {
        <PageHead title note>{acts}</PageHead>
        <Tabs label="Settings">{ROOMS.into_iter().filter(|(_, _, needed)| may(*needed)).map(tab).collect_view()}</Tabs>
    }
}

#[cfg(test)]
mod tests {
    use domain::people::Role;

    use super::*;
    use crate::{Frame, render_part};

    #[test]
    fn only_rooms_that_one_may_enter_have_a_tab() {
        let mut frame = Frame { path: "/settings/audit?q=a".into(), ..Frame::sample() };
        let all = render_part(&frame, || view! { <Settings title="Audit"/> });
        assert_eq!((all.matches("page-tab\"").count(), all.matches("aria-current=\"page\"").count()), (7, 1), "{all}");
        frame.viewer.as_mut().expect("a viewer").may = Role::Technician.permissions();
        let few = render_part(&frame, || view! { <Settings title="Audit"/> });
        assert!(few.contains("/settings/audit") && !few.contains("/settings/people"));
        assert_eq!(first_room(Role::Technician.permissions()), Some("/settings/windows"));
        assert_eq!(first_room(Role::Contact.permissions()), None);
    }
}

//! What a device says of the window it is in, and the form that starts one there.

use domain::{
    Moment,
    ids::{DeviceId, WindowId},
    people::Permission,
};
use leptos::prelude::*;

use crate::{
    layout::{link, may},
    ui::{At, Badge, Button, Choice, Confirm, Look, Select, Tone},
};

/// The hours that the form offers.
pub const HOURS: [(&str, &str); 4] = [("1", "1 hour"), ("2", "2 hours"), ("4", "4 hours"), ("8", "8 hours")];

/// The window that a device is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Maintenance {
    /// Which.
    pub id: WindowId,
    /// What people call it.
    pub name: String,
    /// When it ends.
    pub until: Moment,
}

/// `In maintenance until 14:00`, as a link for whoever may see windows.
#[component]
pub fn InMaintenance(of: Maintenance) -> impl IntoView {
    let badge = view! { <Badge tone=Tone::Accent>"In maintenance until " <At at=of.until/></Badge> };
    if may(Permission::AlertsRead) {
        view! { <a class="maintenance" href=link(&format!("/settings/windows/{}", of.id)) title=of.name>{badge}</a> }.into_any()
    } else {
        view! { <span title=of.name>{badge}</span> }.into_any()
    }
}

/// Unfolds the choice of how long.
#[component]
pub fn StartMaintenance(device: DeviceId) -> impl IntoView {
    let choice = |(value, label): (&str, &str)| Choice { value: value.into(), label: label.into(), selected: value == "1" };
    view! {
        <Confirm label="Start maintenance" title="Start maintenance now?" icon="calendar-clock">
            <p>"Alerts of this device are suppressed until it ends; what is still wrong then is shown as open."</p>
            <form method="post" action=link(&format!("/devices/{device}/maintenance"))>
                <Select label="For how long" name="hours" choices=HOURS.map(choice).to_vec()/>
                <p class="confirm-act"><Button look=Look::Primary small=true>"Start"</Button></p>
            </form>
        </Confirm>
    }
}

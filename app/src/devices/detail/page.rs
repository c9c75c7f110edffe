//! The page of one device: its head, its tabs, and the tab that is open.

use leptos::prelude::*;

use super::{
    DevicePage, DeviceTab,
    commands::{CommandView, CommandsView},
    hardware::HardwareView,
    head::{Banners, HeadView, TabRow},
    history::HistoryView,
    manage::ManageView,
    software::SoftwareView,
    summary::SummaryView,
    updates::UpdatesView,
};
use crate::{
    Frame,
    alerts::{DeviceAlerts, EffectivePolicy},
    render,
};

impl DeviceTab {
    /// The last part of its address; empty for the summary.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Summary(_) => "",
            Self::Hardware(_) => "hardware",
            Self::Software(_) => "software",
            Self::Updates(_) => "updates",
            Self::Alerts(_) => "alerts",
            Self::History(_) => "history",
            Self::Policy(_) => "policy",
            Self::Commands(_) | Self::Command(_) => "commands",
            Self::Manage(_) => "manage",
        }
    }

    /// Its name.
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Summary(_) => "Summary",
            Self::Hardware(_) => "Hardware",
            Self::Software(_) => "Software",
            Self::Updates(_) => "Updates",
            Self::Alerts(_) => "Alerts",
            Self::History(_) => "History",
            Self::Policy(_) => "Effective policy",
            Self::Commands(_) => "Commands",
            Self::Command(_) => "Command",
            Self::Manage(_) => "Manage",
        }
    }
}

impl DevicePage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        let title = match &self.tab {
            DeviceTab::Summary(_) => self.head.name().to_owned(),
            tab => format!("{}, {}", self.head.name(), tab.label().to_lowercase()),
        };
        render(frame, &title, move || view! { <DeviceDetail page=self/> })
    }
}

/// One device.
#[component]
pub fn DeviceDetail(page: DevicePage) -> impl IntoView {
    let DevicePage { head, tab, show_client } = page;
    let open = tab.word();
    let body = match tab {
        DeviceTab::Summary(tab) => view! { <SummaryView head=head.clone() tab origins=show_client/> }.into_any(),
        DeviceTab::Hardware(tab) => view! { <HardwareView tab/> }.into_any(),
        DeviceTab::Software(tab) => view! { <SoftwareView id=head.id tab/> }.into_any(),
        DeviceTab::Updates(tab) => view! { <UpdatesView tab/> }.into_any(),
        DeviceTab::Alerts(tab) => view! { <DeviceAlerts tab/> }.into_any(),
        DeviceTab::History(tab) => view! { <HistoryView id=head.id tab/> }.into_any(),
        DeviceTab::Policy(tab) => view! { <EffectivePolicy tab/> }.into_any(),
        DeviceTab::Commands(tab) => view! { <CommandsView tab/> }.into_any(),
        DeviceTab::Command(tab) => view! { <CommandView tab/> }.into_any(),
        DeviceTab::Manage(tab) => view! { <ManageView tab name=head.name().to_owned()/> }.into_any(),
    };
    view! {
        <HeadView head=head.clone() show_client/>
        <Banners head=head.clone()/>
        <TabRow head open/>
        {body}
    }
}

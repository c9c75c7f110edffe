//! The answer to a key that was made: its secret, once, and how to install an agent with it.

use leptos::prelude::*;

use super::{MadeKey, Server};
use crate::{
    Frame,
    layout::{Settings, link},
    render,
    ui::{Crumb, Crumbs, LinkButton, Look, Section, Severity, SeverityMark, Snippet},
};

impl MadeKey {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        render(frame, "Key made", move || view! { <Made made=self/> })
    }

    fn enrol(&self) -> String {
        let Server { address, insecure, .. } = &self.server;
        let flag = if *insecure { " --insecure-http" } else { "" };
        format!("sudo portico-agent enrol --server {address} --key {}{flag}\nsudo systemctl enable --now portico-agent", self.secret)
    }

    /// The package that ends in `ending`, and the line that fetches it where this server has it.
    fn fetched(&self, ending: &str) -> (String, String) {
        let Server { address, version, packages, .. } = &self.server;
        match packages.iter().find(|name| name.ends_with(ending)) {
            Some(name) => (name.clone(), format!("curl -fO {address}/agent/packages/{name}\n")),
            None => (format!("portico-agent_{version}_amd64{ending}"), String::new()),
        }
    }

    fn package(&self) -> String {
        let (name, fetch) = self.fetched(".deb");
        format!("{fetch}sudo apt install ./{name}\n{}", self.enrol())
    }

    fn tarball(&self) -> String {
        let (name, fetch) = self.fetched(".tar.gz");
        let folder = name.trim_end_matches(".tar.gz").to_owned();
        format!("{fetch}tar -xzf {name}\nsudo ./{folder}/install.sh\n{}", self.enrol())
    }

    fn foreign(&self, program: &str) -> String {
        format!("sudo {program} --server {}/inventory --user agent --password {}", self.server.address, self.secret)
    }

    fn settings(&self) -> String {
        format!("server = {}/inventory\nuser = agent\npassword = {}", self.server.address, self.secret)
    }

    fn windows(&self) -> String {
        format!("msiexec /i GLPI-Agent-x64.msi /quiet SERVER=\"{}/inventory\" USER=\"agent\" PASSWORD=\"{}\" RUNNOW=1", self.server.address, self.secret)
    }
}

#[component]
fn Made(made: MadeKey) -> impl IntoView {
    let page = link(&format!("/settings/enrolment/{}", made.key.id));
    let above = vec![Crumb { label: "Enrolment".into(), href: link("/settings/enrolment") }];
    let place = format!("{} › {}", made.key.client.1, made.key.site);
    let (name, secret) = (made.key.name.clone(), made.secret.clone());
    view! {
        <Settings title="Key made" note=place>
            <LinkButton href=page look=Look::Primary icon="hourglass">"Wait for the first report"</LinkButton>
        </Settings>
        <div class="settings-crumbs"><Crumbs above here=name/></div>
        <div class="banner" role="status">
            <SeverityMark severity=Severity::Medium word="Copy it now.".to_owned()/>
            <p>"This is the only page that shows the key. Portico keeps no copy that it could show again; a lost key is replaced by a new one."</p>
        </div>
        <Section title="The key" note="Whoever has it can enrol devices at this client.".to_owned()><Snippet label="The key" text=secret/></Section>
        <Own made=made.clone()/>
        <Foreign made/>
    }
}

#[component]
fn Own(made: MadeKey) -> impl IntoView {
    let (package, tarball) = (made.package(), made.tarball());
    let copy = if made.server.packages.is_empty() { " Copy the package to the device first: make package builds it." } else { "" };
    view! {
        <Section title="Linux, with portico-agent" note=format!("It reads the machine and changes nothing.{copy}")>
            <div class="snippets">
                <Snippet label="Debian and Ubuntu" text=package/>
                <Snippet label="Any other Linux" text=tarball/>
            </div>
        </Section>
    }
}

#[component]
fn Foreign(made: MadeKey) -> impl IntoView {
    let (glpi, fusion, settings, windows) = (made.foreign("glpi-agent"), made.foreign("fusioninventory-agent"), made.settings(), made.windows());
    view! {
        <Section title="With an agent that is there already" note="FusionInventory and GLPI agents report as they are: the key is the password.".to_owned()>
            <div class="snippets">
                <Snippet label="GLPI agent, once" text=glpi/>
                <Snippet label="FusionInventory agent, once" text=fusion/>
                <Snippet label="In their configuration, for good" text=settings/>
                <Snippet label="GLPI agent on Windows" text=windows/>
            </div>
        </Section>
    }
}

//! The form for one condition of a policy: each value is set here or inherited, and says from where.

use domain::alerts::{Key, Level, Rule, Severity, Sourced, setting::lasting};
use leptos::prelude::*;

use super::{
    ConditionPage,
    places::policy,
    policy::{about, condition},
    rules::source,
};
use crate::{
    Frame,
    layout::{Settings, link},
    people::Faults,
    render,
    ui::{Button, Choice, Confirm, Crumb, Crumbs, Field, Icon, LinkButton, Look, Section, Select},
};

/// The fields of the form, by their names.
const FIELDS: [&str; 6] = ["on", "severity", "raise", "clear", "lasts", "clear_lasts"];

impl ConditionPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        let title = format!("{}, {}", self.key.label(), self.place.name);
        render(frame, &title, move || view! { <Condition page=self/> })
    }

    /// What stands in a field.
    fn typed(&self, field: &str) -> String {
        self.typed.iter().find(|(name, _)| *name == field).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// What is wrong with the form as a whole.
    fn fault(&self) -> Option<String> {
        let fault = self.faults.iter().find(|fault| !FIELDS.contains(&fault.field.as_str()))?;
        Faults(vec![fault.clone()]).of(&fault.field)
    }
}

/// `Inherited: 30 min, the usual value.`
fn inherited<T>(words: &str, value: &Sourced<T>, key: &Key) -> String {
    format!("Inherited: {words}, {}.", source(value, key, None))
}

#[component]
fn Condition(page: ConditionPage) -> impl IntoView {
    let label = page.key.label();
    let above = vec![
        Crumb { label: "Monitoring".into(), href: link("/settings/monitoring") },
        Crumb { label: page.place.name.clone(), href: policy(&page.place.word) },
    ];
    let fault = page.fault().map(|fault| view! { <p class="form-fault" role="alert"><Icon name="circle-alert" class="icon-sm"/>{fault}</p> });
    let (rule, inherited, level) = (page.rule.clone(), page.inherited.clone(), page.level);
    let own = page.typed.iter().any(|(_, value)| !value.is_empty()) || rule != inherited;
    let to = condition(&page.place.word, &page.key);
    let name = page.place.name.clone();
    let inherit = own.then(|| view! { <Inherit to=to.clone() revision=page.revision/> });
    view! {
        <Settings title="Monitoring"/>
        <div class="settings-crumbs"><Crumbs above here=label.clone()/></div>
        {fault}
        <div class="columns">
            <div><Section title=label note=name><Form page to/></Section></div>
            <aside aria-label="What holds"><Holds rule inherited level/>{inherit}</aside>
        </div>
    }
}

/// What holds now, and what would hold without this policy.
#[component]
fn Holds(rule: Rule, inherited: Rule, level: Level) -> impl IntoView {
    let words = |rule: &Rule| {
        let severity = rule.severity.value.word();
        if rule.on.value { format!("{}: {severity}.", rule.sentence()) } else { "Not watched.".to_owned() }
    };
    let without = (rule != inherited).then(|| view! { <p class="section-words soft">{format!("Without this policy: {}", words(&inherited))}</p> });
    view! {
        <Section title="What holds now">
            <p class="section-words">{words(&rule)}</p>
            {without}
            <p class="section-words soft">{about(level)}</p>
        </Section>
    }
}

/// Asks before all values of this policy go.
#[component]
fn Inherit(to: String, revision: i64) -> impl IntoView {
    view! {
        <Section title="Inherit">
            <div class="act-row">
                <p>"Takes back all that is set here."</p>
                <Confirm label="Use the inherited values" title="Use the inherited values?">
                    <p>"What is set here goes; what holds above it holds again."</p>
                    <form method="post" action=format!("{to}/removal")>
                        <input type="hidden" name="revision" value=revision.to_string()/>
                        <Button small=true>"Use the inherited values"</Button>
                    </form>
                </Confirm>
            </div>
        </Section>
    }
}

#[component]
fn Form(page: ConditionPage, to: String) -> impl IntoView {
    let back = policy(&page.place.word);
    let revision = page.revision.to_string();
    view! {
        <form class="manage-form" method="post" action=to>
            <input type="hidden" name="revision" value=revision/>
            <Choices page=page.clone()/>
            <LimitFields page=page.clone()/>
            <Times page/>
            <div class="settings-acts">
                <Button look=Look::Primary icon="check">"Save"</Button>
                <LinkButton href=back look=Look::Quiet>"Cancel"</LinkButton>
            </div>
        </form>
    }
}

/// Whether it is watched, and how bad it is.
#[component]
fn Choices(page: ConditionPage) -> impl IntoView {
    let faults = Faults(page.faults.clone());
    let (on, severity, from) = (page.typed("on"), page.typed("severity"), &page.inherited);
    let choice = |value: &str, label: &str, chosen: &str| Choice { value: value.to_owned(), label: label.to_owned(), selected: value == chosen };
    let state = [("", "Inherited"), ("on", "Watched"), ("off", "Not watched")].map(|(value, label)| choice(value, label, &on)).to_vec();
    let severities = std::iter::once(("", "Inherited")).chain(Severity::ALL.into_iter().map(|each| (each.word(), each.label())));
    let severities = severities.map(|(value, label)| choice(value, label, &severity)).collect();
    let watched = inherited(if from.on.value { "watched" } else { "not watched" }, &from.on, &page.key);
    let bad = inherited(from.severity.value.word(), &from.severity, &page.key);
    view! {
        <Select label="Watched" name="on" choices=state hint=watched error=faults.of("on")/>
        <Select label="Severity" name="severity" choices=severities hint=bad error=faults.of("severity")/>
    }
}

/// The two percentages, for conditions that have them.
#[component]
fn LimitFields(page: ConditionPage) -> impl IntoView {
    let faults = Faults(page.faults.clone());
    let Some((limits, low)) = page.inherited.limits.zip(page.key.kind().percent()) else { return ().into_any() };
    let (raise, clear) =
        if low { ("Alert below, in percent", "Clear again from, in percent") } else { ("Alert above, in percent", "Clear again down to, in percent") };
    let raised = inherited(&format!("{} %", limits.value.raise), &limits, &page.key);
    let cleared = format!("{} Empty beside a limit: a little better than it.", inherited(&format!("{} %", limits.value.clear), &limits, &page.key));
    view! {
        <div class="settings-pair">
            <Field label=raise name="raise" value=page.typed("raise") hint=raised error=faults.of("raise") autocomplete="off"/>
            <Field label=clear name="clear" value=page.typed("clear") hint=cleared error=faults.of("clear") autocomplete="off"/>
        </div>
    }
    .into_any()
}

/// How long it must be so, and how long it must be over.
#[component]
fn Times(page: ConditionPage) -> impl IntoView {
    let faults = Faults(page.faults.clone());
    let (raise, clear) = (page.inherited.for_s, page.inherited.clear_for_s);
    let lasts = format!("{} As in 90 s, 10 min, 36 h or 7 d.", inherited(&lasting(raise.value), &raise, &page.key));
    let clear_lasts = inherited(&lasting(clear.value), &clear, &page.key);
    view! {
        <div class="settings-pair">
            <Field label="How long it must be so" name="lasts" value=page.typed("lasts") hint=lasts error=faults.of("lasts") autocomplete="off"/>
            <Field label="How long it must be clear" name="clear_lasts" value=page.typed("clear_lasts") hint=clear_lasts error=faults.of("clear_lasts") autocomplete="off"/>
        </div>
    }
}

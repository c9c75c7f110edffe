//! Every part of the design system on one page.

use app::{layout::sample::NOW, ui::*};
use domain::{devices::status::Status, time::MINUTE};
use leptos::prelude::*;

/// The page.
#[component]
pub fn Parts() -> impl IntoView {
    view! {
        <PageHead title="Parts" note="one brand colour in, everything else computed".to_owned()>
            <LinkButton href="#" look=Look::Quiet icon="download">"Export CSV"</LinkButton>
            <Button look=Look::Primary icon="plus">"Enrol devices"</Button>
        </PageHead>
        <Tabs label="Parts">
            <Tab href="#" label="Summary" active=true/>
            <Tab href="#" label="Software" count=148/>
            <Tab href="#" label="Updates" count=14/>
        </Tabs>
        <Numbers/>
        <Section title="Marks" count=11><Marks/></Section>
        <Section title="Buttons and fields" note="errors stand beside the field".to_owned()><Controls/></Section>
        <Section title="Charts" more=("All check-ins".to_owned(), "#".to_owned())><Charts/></Section>
        <Empty icon="calendar-clock" title="No maintenance windows yet" text="Without one, updates install when a technician says so."><Button look=Look::Primary>"Add a window"</Button></Empty>
        <List/>
    }
}

#[component]
fn Numbers() -> impl IntoView {
    let parts = vec![Part::new("seen", 1_154, Fill::Accent), Part::new("late", 22, Fill::High), Part::new("unknown", 38, Fill::Unknown)];
    let change = Change { text: "\u{2212}12".into(), span: "since yesterday".into(), good: Some(false) };
    let seen = Figure {
        rest: Some("60 not seen".into()),
        change: Some(change),
        measured: Some(NOW),
        parts,
        ..Figure::count("Devices seen in 24 h", 1_154, 1_214, "of 1,214", "#".into())
    };
    let patched = Figure {
        value: Some("91.4".into()),
        unit: Some("%".into()),
        rest: Some("613 unknown".into()),
        measured: Some(NOW - 12 * MINUTE),
        parts: vec![Part::new("in time", 5_214, Fill::Accent), Part::new("late", 491, Fill::High)],
        ..Figure::count("Devices patched in time", 5_214, 5_705, "5,214 of 5,705", "#".into())
    };
    let none = Figure { rest: Some("first report at 11:00".into()), ..Figure::count("Backups confirmed", 0, 0, "0 of 0", "#".into()) };
    view! { <Tiles><Tile figure=seen.clone()/><Tile figure=patched/><Tile figure=none/><Tile figure=seen/></Tiles> }
}

#[component]
fn Marks() -> impl IntoView {
    let severities = [Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Info];
    let outcomes = [
        (Outcome::Passed, "Passed"),
        (Outcome::Failed, "Failed"),
        (Outcome::Waiting, "Waiting"),
        (Outcome::Skipped, "Not sent"),
        (Outcome::Unknown, "Unknown, no data"),
    ];
    let tones = [Tone::Neutral, Tone::Accent, Tone::Ok, Tone::Low, Tone::Medium, Tone::High, Tone::Critical];
    view! {
        <div class="grid gap-3">
            <p class="flex flex-wrap gap-5">{Status::ALL.map(|status| view! { <StatusMark status/> }).collect_view()}</p>
            <p class="flex flex-wrap gap-5">{severities.map(|severity| view! { <SeverityMark severity/> }).collect_view()}</p>
            <p class="flex flex-wrap gap-5">{outcomes.map(|(outcome, word)| view! { <OutcomeMark outcome word/> }).collect_view()}</p>
            <p class="flex flex-wrap gap-2">{tones.map(|tone| view! { <Badge tone>"Badge"</Badge> }).collect_view()}<Tag>"gold"</Tag><Count n=21/><Code>"KB5079214"</Code></p>
            <p class="flex flex-wrap gap-2">{["Priya Raman", "Tom Ashdown", "Marta Kowalczyk", "Sam Dorsey", "Jo Webb", "Ann Bell"].map(|name| view! { <Avatar name/> }).collect_view()}</p>
            <Chips label="Filters">
                <Chip href="#" label="Security waiting" count=4_212 active=true/>
                <Chip href="#" label="Online" count=3_834 status=Status::Online/>
                <Chip href="#" label="Quarantined" count=3 status=Status::Quarantined/>
            </Chips>
            <Segments label="Span"><Segment href="#" label="2 h" active=true/><Segment href="#" label="24 h"/><Segment href="#" label="30 d" count=4/></Segments>
            <Crumbs above=vec![Crumb { label: "Devices".into(), href: "#".into() }] here="BWL-SRV-SQL02"/>
        </div>
    }
}

#[component]
fn Controls() -> impl IntoView {
    let choice = |label: &str| Choice { value: label.into(), label: label.into(), selected: false };
    view! {
        <div class="grid gap-4 max-w-md">
            <p class="flex flex-wrap gap-2"><Button look=Look::Primary>"Approve 12 updates"</Button><Button icon="user">"Assign"</Button><Button look=Look::Quiet>"Resolve"</Button><Button look=Look::Danger>"Delete"</Button><Button small=true>"Small"</Button></p>
            <Field label="Tag" name="tag" value="gold" hint="Letters and digits.".to_owned()/>
            <Field label="Address" name="address" value="10.40.2.300" error="Each part goes up to 255. Text kept.".to_owned()/>
            <Select label="Ring" name="ring" choices=["Canary", "Early", "Broad"].map(choice).to_vec()/>
            <TextArea label="Reason" name="reason" value="November cycle"/>
            <Checkbox label="Also restart" name="restart" checked=true/>
            <Checkbox label="Tell the client" name="tell"/>
            <Search label="Search" placeholder="Search devices" id="parts-search"/>
        </div>
    }
}

#[component]
fn Charts() -> impl IntoView {
    let bar = |at: usize| Hour {
        label: format!("{:02}:00", (11 + at) % 24),
        value: (at != 7).then(|| if at == 18 { 9_100 } else { 13_600 + (at as u64 * 37) % 700 }),
        low: at == 18,
    };
    let chart = Bars { title: "Check-ins, last 24 h".into(), unit: "check-ins per hour".into(), bars: (0..24).map(bar).collect(), expected: Some(14_500.0) };
    let mix = vec![
        Part::new("Windows 11", 640, Fill::Accent).linked("#".into()),
        Part::new("Windows Server 2022", 240, Fill::Accent2),
        Part::new("Debian 12", 210, Fill::Accent3),
        Part::new("Other", 86, Fill::Muted),
        Part::new("Unknown", 38, Fill::Unknown),
    ];
    view! { <div class="grid gap-8 md:grid-cols-2"><BarChart chart/><StackBar parts=mix/></div> }
}

#[component]
fn List() -> impl IntoView {
    let rows = [("KES-LT-0088", "laptop", Status::Online, 6), ("HRT-LT-0029", "laptop", Status::Offline, 5), ("TID-NUC-22", "monitor", Status::Late, 6)];
    let row = |(name, icon, status, n): (&'static str, &'static str, Status, u64)| {
        view! {
            <Row selected={n == 5}>
                <Cell kind=Slot::Lead><RowLink href="#" icon>{name}</RowLink></Cell>
                <Cell kind=Slot::Sub>"Brightwater Logistics"<span class="step">"\u{203a}"</span><span class="quiet">"Felixstowe Dock"</span></Cell>
                <Cell><StatusMark status/></Cell>
                <Cell kind=Slot::Figure label="security">{n.to_string()}</Cell>
                <Cell number=true><When at=NOW - 47 * MINUTE/></Cell>
                <Cell kind=Slot::Wide><Tag>"gold"</Tag></Cell>
            </Row>
        }
    };
    let sort = |now| Some(Sort { href: "#".into(), now });
    view! {
        <Table caption="Devices">
            <Head>
                <Column label="Device" sort=sort(None)/>
                <Column label="Client, site"/>
                <Column label="Status"/>
                <Column label="Security" number=true sort=sort(Some(Direction::Down))/>
                <Column label="Last seen" number=true/>
                <Column label="Tags"/>
            </Head>
            <Rows>{rows.map(row).collect_view()}</Rows>
        </Table>
        <Pager paging=Paging { first: Some(1), shown: 50, total: 4_212, counted: NOW, newer: None, older: Some("#".into()) } note="Security = security updates waiting".to_owned()/>
    }
}

//! One report: its figures, charts and tables, and the rows behind the figure that was opened.

use domain::reports::{Figure, Report, Table};
use leptos::prelude::*;

use super::{
    ReportPage, Way,
    parts::{FigureTiles, Listing, Picture},
};
use crate::{
    Frame,
    devices::parts::counted,
    layout::link,
    render,
    ui::{Button, Crumb, Crumbs, Fact, Facts, LinkButton, Look, PageHead, Section, Stamp, thousands},
};

/// Rows that the page lists; the files hold more.
const ROWS: usize = 100;

impl ReportPage {
    /// The whole document.
    pub fn render(self, frame: Frame) -> String {
        let title = self.report.title();
        render(frame, &title, move || view! { <One page=self/> })
    }

    /// The address of this report, or of what is below it, with the rows of the figure called `key`.
    fn at(&self, below: &str, key: Option<&str>) -> String {
        match &self.way {
            Way::Preview(query) => link(&format!("/reports/{}{below}{}", self.report.kind, query.behind(key).to_query())),
            Way::Delivered(id) => link(&format!("/reports/delivered/{id}{below}{}", key.map(|key| format!("?rows={key}")).unwrap_or_default())),
        }
    }
}

#[component]
fn One(page: ReportPage) -> impl IntoView {
    let Report { figures, charts, tables, .. } = page.report.clone();
    let linked = figures.into_iter().map(|figure| (figure.clone(), behind(&page, &figure))).collect();
    let (kind, answers, links) = (page.report.kind.label(), page.report.kind.answers(), page.links);
    let above = match page.way {
        Way::Preview(_) => Crumb { label: "Reports".into(), href: link("/reports") },
        Way::Delivered(_) => Crumb { label: "Delivered".into(), href: link("/reports/delivered") },
    };
    let (files, about) = (page.clone(), page.clone());
    view! {
        <Crumbs above=vec![above] here=kind/>
        <PageHead title=kind note=Some(answers.to_owned())><Files page=files/></PageHead>
        <About page=about/>
        <FigureTiles figures=linked/>
        <div class="report-charts">{charts.into_iter().filter(|chart| !chart.points.is_empty()).map(|chart| view! { <Picture chart/> }).collect_view()}</div>
        {tables.into_iter().map(|table| view! { <Section title=table.title.clone()><Listing table links/></Section> }).collect_view()}
        <Behind page/>
    }
}

/// Where a figure leads: its rows here, or, where they are not here, the list that it names.
fn behind(page: &ReportPage, figure: &Figure) -> String {
    let here = page.report.behind(Some(&figure.key)).next().is_some();
    match &figure.link {
        Some(path) if !here && page.links => link(path),
        _ => format!("{}#rows", page.at("", Some(&figure.key))),
    }
}

#[component]
fn Files(page: ReportPage) -> impl IntoView {
    let [pdf, xlsx, csv] = ["/pdf", "/xlsx", "/csv"].map(|format| page.at(format, None));
    let keep = match page.way {
        Way::Preview(query) if page.may_keep => {
            Some(view! { <Keep to=link(&format!("/reports/{}/delivery", page.report.kind)) query=query.behind(None).to_query()/> })
        }
        _ => None,
    };
    view! {
        <LinkButton href=pdf icon="download">"PDF"</LinkButton>
        <LinkButton href=xlsx icon="download">"XLSX"</LinkButton>
        <LinkButton href=csv icon="download">"CSV"</LinkButton>
        {keep}
    }
}

#[component]
fn Keep(to: String, query: String) -> impl IntoView {
    view! {
        <form method="post" action=to>
            <input type="hidden" name="query" value=query/>
            <Button look=Look::Primary icon="archive">"Keep this report"</Button>
        </form>
    }
}

#[component]
fn About(page: ReportPage) -> impl IntoView {
    let head = page.report.head.clone();
    let how = match page.way {
        Way::Preview(_) => "As it is now; it is not kept",
        Way::Delivered(_) => "As it was delivered; it does not change",
    };
    view! {
        <Facts>
            <Fact label="Client">{page.report.whom().to_owned()}</Fact>
            <Fact label="Period">{head.period}</Fact>
            <Fact label="Made"><Stamp at=head.made_at/></Fact>
            <Fact label="State">{how}</Fact>
        </Facts>
    }
}

/// The rows of the opened figure, or all.
#[component]
fn Behind(page: ReportPage) -> impl IntoView {
    let figure = page.rows.as_ref().and_then(|key| page.report.figures.iter().find(|figure| figure.key == *key)).cloned();
    let key = figure.as_ref().map(|figure| figure.key.as_str());
    let rows: Vec<_> = page.report.behind(key).cloned().collect();
    let found = if key.is_some() { rows.len() as u64 } else { page.report.rows.total };
    let shown = rows.len().min(ROWS);
    let title = figure.as_ref().map_or_else(|| page.report.rows.title.clone(), |figure| format!("{}: {}", page.report.rows.title, figure.label.to_lowercase()));
    let rest = (found > shown as u64)
        .then(|| format!("These are the first {} of {}. The XLSX and CSV files hold the others.", thousands(shown as u64), counted(found, "row", "rows")));
    let csv = key.map(|key| page.at("/csv", Some(key)));
    let now = figure.as_ref().and_then(|figure| figure.link.clone()).filter(|_| page.links).map(|path| link(&path));
    let all = figure.as_ref().map(|_| format!("{}#rows", page.at("", None)));
    let table = Table { rows: rows.into_iter().take(ROWS).collect(), ..page.report.rows.clone() };
    view! {
        <section id="rows" class="section" aria-label="Rows behind the figures">
            <Section title count=Some(found)>
                {figure.map(|figure| view! { <p class="soft section-words">{figure.meaning}</p> })}
                <p class="report-ways">
                    {all.map(|href| view! { <a href=href>"Show all rows"</a> })}
                    {csv.map(|href| view! { <a href=href>"These rows as CSV"</a> })}
                    {now.map(|href| view! { <a href=href>"As it is now"</a> })}
                </p>
                <div class="list"><Listing table links=page.links/></div>
                {rest.map(|rest| view! { <p class="soft section-words">{rest}</p> })}
            </Section>
        </section>
    }
}

//! The mail that takes a delivered report to the recipients of its schedule. The PDF is made from what was kept, when the mail leaves.

use domain::{
    Moment, Refusal,
    ids::ReportId,
    notices::{
        Kind,
        letter::{escaped, page},
    },
    reports::Report,
};
use foundation::{
    Failure, Tenant, Writing,
    notices::NewDelivery,
    post::{File, MOST_RECIPIENTS},
};

use super::on_paper;
use crate::service::notices::Portal;

/// What the attachment of a delivery is called when it is a report.
const REPORT: &str = "report:";
/// The longest name in a subject, in characters.
const NAME: usize = 80;

/// Puts the mail of `report`, kept as `id`, into the outbox for `recipients`.
///
/// # Errors
/// When the database fails.
pub(super) async fn post(writing: &Writing, report: (ReportId, &Report), recipients: &[String], portal: &Portal, now: Moment) -> Result<(), Failure> {
    for some in recipients.chunks(MOST_RECIPIENTS) {
        writing.post(letter(report, some, portal), now).await?;
    }
    Ok(())
}

fn letter((id, report): (ReportId, &Report), to: &[String], portal: &Portal) -> NewDelivery {
    let (kind, whom, period) = (report.kind.label(), short(report.whom()), &report.head.period);
    let lead = format!("{kind} for {whom}, {period}.");
    let (attached, url) = ("The report is attached as a PDF.", portal.at(&format!("/reports/delivered/{id}")));
    let (figures, brand) = (figures(report), short(&portal.name));
    let lines: String = figures.iter().map(|(label, value)| format!("{label}: {value}\n")).collect();
    let cells: String =
        figures.iter().map(|(label, value)| format!("<tr><td>{}</td><td align=\"right\"><b>{}</b></td></tr>", escaped(label), escaped(value))).collect();
    let inner = format!("<table cellpadding=\"4\">{cells}</table><p>{attached}</p>");
    NewDelivery {
        client: report.head.client.as_ref().map(|client| client.id),
        channel: None,
        alert: None,
        what: "report",
        kind: Kind::Mail,
        to: to.to_vec(),
        from_name: portal.name.clone(),
        subject: format!("{kind}: {whom}, {period}"),
        body: format!("{lead}\n\n{lines}\n{attached}\nOpen it: {url}\n\n-- \n{brand}\n"),
        html: Some(page(&brand, &portal.accent, &lead, &inner, Some(("Open the report", &url)))),
        attachment: Some(format!("{REPORT}{id}")),
    }
}

/// The first figures in words.
fn figures(report: &Report) -> Vec<(String, String)> {
    let words = |figure: &domain::reports::Figure| {
        let value = figure.value.words().map_or_else(|| "no data".to_owned(), |value| format!("{value} {}", figure.value.of_words()));
        (figure.label.clone(), value)
    };
    report.figures.iter().take(5).map(words).collect()
}

/// `text` in one line that fits a subject.
fn short(text: &str) -> String {
    let plain = text.chars().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c });
    plain.take(NAME).collect()
}

/// The report that a delivery encloses, if `attachment` names one that is kept.
///
/// # Errors
/// When the database fails.
pub async fn to_enclose(tenant: &Tenant, attachment: Option<&str>) -> Result<Option<Report>, Failure> {
    let Some(id) = attachment.and_then(|name| name.strip_prefix(REPORT)).and_then(|id| id.parse().ok()) else { return Ok(None) };
    match tenant.delivered_report(id).await {
        Err(Failure::Refused(Refusal::NotFound)) => Ok(None),
        report => report.map(Some),
    }
}

/// `report` as the file of a mail; nothing for none.
///
/// # Errors
/// Why it cannot be made now.
pub async fn enclosed(report: Option<Report>) -> Result<Vec<File>, String> {
    let Some(report) = report else { return Ok(Vec::new()) };
    let name = format!("{}-{}.pdf", report.kind, plain(&report.head.period));
    let bytes = on_paper(report, paper::pdf).await.map_err(|_| "The PDF of the report could not be made now.".to_owned())?;
    Ok(vec![File { name, kind: "application/pdf", bytes }])
}

/// `October 2026` as a part of a file's name: `october-2026`.
fn plain(words: &str) -> String {
    words.chars().take(60).map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect()
}

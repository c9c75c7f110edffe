//! A report as a file.

use axum::{http::header, response::IntoResponse};
use domain::{Refusal, reports::Report};

use crate::{
    http::{caller::Caller, errors::Answer, export},
    service::{
        audit,
        reports::{Paper, on_paper},
    },
};

/// `report` in `format`; of the rows those of the figure called `rows` where the format has rows alone.
pub(super) async fn answer(caller: &Caller, report: Report, format: &str, rows: Option<&str>, asked: &str) -> Answer {
    let (paper, kind): (Paper, &str) = match format {
        "csv" => return export::report(caller, &report, rows, asked).await,
        "pdf" => (paper::pdf, "application/pdf"),
        "xlsx" => (paper::xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        _ => return Err(Refusal::NotFound.into()),
    };
    let (amount, client) = (report.rows.total, report.head.client.as_ref().map(|client| client.id));
    audit::exported(&caller.tenant, "report exported", (amount, asked), client, caller.address(), caller.now).await?;
    let name = format!("attachment; filename=\"{}.{format}\"", report.kind);
    let bytes = on_paper(report, paper).await?;
    Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], bytes).into_response())
}

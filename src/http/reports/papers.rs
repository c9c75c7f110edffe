//! A report as a file. Setting a page takes a processor for seconds, so few are set at once, and the others are told to come back.

use std::time::Duration;

use axum::{http::header, response::IntoResponse};
use domain::{Refusal, reports::Report};
use foundation::fresh_id;
use tokio::{sync::Semaphore, task::spawn_blocking, time::timeout};

use crate::{
    http::{caller::Caller, errors::Answer, export},
    service::audit,
};

/// Papers that are set at once.
const AT_ONCE: usize = 2;
/// How long somebody waits for a place, and then for the paper.
const WAIT: Duration = Duration::from_secs(5);
const SETTING: Duration = Duration::from_secs(20);
/// What is said to who finds no place, in seconds.
const COME_BACK: u32 = 10;

static PLACES: Semaphore = Semaphore::const_new(AT_ONCE);

type Paper = fn(&Report) -> Result<Vec<u8>, paper::Broken>;

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
    let bytes = set(report, paper).await?;
    Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], bytes).into_response())
}

/// The paper, when a place is free soon and it is set in time. One that takes longer keeps its place until it is done.
async fn set(report: Report, paper: Paper) -> Result<Vec<u8>, Refusal> {
    let busy = |_| Refusal::Unavailable(COME_BACK);
    let place = timeout(WAIT, PLACES.acquire()).await.map_err(busy)?.map_err(|_| Refusal::Unavailable(COME_BACK))?;
    let work = spawn_blocking(move || {
        let _place = place;
        paper(&report)
    });
    let made = timeout(SETTING, work).await.map_err(busy)?.map_err(|_| Refusal::Unavailable(COME_BACK))?;
    made.map_err(|broken| {
        let reference = fresh_id::<domain::ids::AuditId>().to_string();
        tracing::error!(%broken, reference, "a report could not be put on paper");
        Refusal::Unavailable(COME_BACK)
    })
}

//! A report on paper. Setting a page takes a processor for seconds, so few are set at once, and the others are told to come back.

use std::time::Duration;

use domain::{Refusal, ids::AuditId, reports::Report};
use foundation::fresh_id;
use tokio::{sync::Semaphore, task::spawn_blocking, time::timeout};

/// Papers that are set at once.
const AT_ONCE: usize = 2;
/// How long somebody waits for a place, and then for the paper.
const WAIT: Duration = Duration::from_secs(5);
const SETTING: Duration = Duration::from_secs(20);
/// What is said to who finds no place, in seconds.
const COME_BACK: u32 = 10;

static PLACES: Semaphore = Semaphore::const_new(AT_ONCE);

/// What puts a report on paper.
pub type Paper = fn(&Report) -> Result<Vec<u8>, paper::Broken>;

/// The paper, when a place is free soon and it is set in time. One that takes longer keeps its place until it is done.
///
/// # Errors
/// [`Refusal::Unavailable`] when it is not.
pub async fn on_paper(report: Report, paper: Paper) -> Result<Vec<u8>, Refusal> {
    let busy = |_| Refusal::Unavailable(COME_BACK);
    let place = timeout(WAIT, PLACES.acquire()).await.map_err(busy)?.map_err(|_| Refusal::Unavailable(COME_BACK))?;
    let work = spawn_blocking(move || {
        let _place = place;
        paper(&report)
    });
    let made = timeout(SETTING, work).await.map_err(busy)?.map_err(|_| Refusal::Unavailable(COME_BACK))?;
    made.map_err(|broken| {
        let reference = fresh_id::<AuditId>().to_string();
        tracing::error!(%broken, reference, "a report could not be put on paper");
        Refusal::Unavailable(COME_BACK)
    })
}

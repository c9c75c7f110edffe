//! `/clients/import`: a file or pasted rows, checked first and imported then.

use app::clients::import::ImportPage;
use axum::{
    extract::{Multipart, multipart::MultipartRejection},
    http::{StatusCode, header},
    response::IntoResponse,
};
use domain::{Refusal, clients::import::BYTES};
use foundation::Failure;

use super::{done, keeper};
use crate::{
    http::{
        caller::Caller,
        errors::{Answer, Stop},
    },
    service::clients::{
        file::SAMPLE,
        import::{self, Imported},
        keeping::may_make,
    },
};

/// Pasted text up to this size is written into the page again when it is refused.
const KEPT: usize = 256 * 1024;

/// What was sent: the file when there is one, else the pasted text.
#[derive(Debug, Default)]
struct Sent {
    file: Vec<u8>,
    text: Vec<u8>,
}

impl Sent {
    /// Reads what was sent, and no more of each part than [`BYTES`] and one byte that tells it was more.
    async fn read(form: Result<Multipart, MultipartRejection>) -> Result<Self, Refusal> {
        let broken = |_| Refusal::invalid("file", "The file did not arrive whole. Send it again.");
        let mut form = form.map_err(|_| Refusal::invalid("file", "Choose a file, or paste the rows."))?;
        let mut sent = Self::default();
        while let Some(mut part) = form.next_field().await.map_err(broken)? {
            let wanted = match part.name() {
                Some("file") => &mut sent.file,
                Some("text") => &mut sent.text,
                _ => continue,
            };
            while let Some(chunk) = part.chunk().await.map_err(broken)? {
                let room = (BYTES + 1).saturating_sub(wanted.len());
                wanted.extend_from_slice(&chunk[..chunk.len().min(room)]);
            }
        }
        Ok(sent)
    }

    /// The text to show again.
    fn typed(&self) -> String {
        if self.file.is_empty() && self.text.len() <= KEPT { String::from_utf8_lossy(&self.text).into_owned() } else { String::new() }
    }

    fn bytes(self) -> Vec<u8> {
        if self.file.is_empty() { self.text } else { self.file }
    }
}

async fn show(caller: &Caller, page: ImportPage, status: StatusCode) -> Answer {
    Ok(caller.page().await?.with_status(status).show(|frame| page.render(frame)))
}

/// The form again with what is wrong with the file; any other failure as it is.
async fn again(caller: &Caller, typed: String, failure: Failure) -> Answer {
    let Failure::Refused(Refusal::Invalid(faults)) = failure else { return Err(Stop::from(failure)) };
    let fault = faults.into_iter().next().map(|fault| fault.message);
    show(caller, ImportPage { typed, fault, preview: None }, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// `GET /clients/import`.
pub async fn form(caller: Caller) -> Answer {
    may_make(&caller.tenant)?;
    show(&caller, ImportPage::default(), StatusCode::OK).await
}

/// `GET /clients/import/sample`.
pub async fn sample(caller: Caller) -> Answer {
    may_make(&caller.tenant)?;
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::CONTENT_DISPOSITION, "attachment; filename=\"clients-sample.csv\"")];
    Ok((headers, SAMPLE).into_response())
}

/// `POST /clients/import`: says what each row would do, and changes nothing.
pub async fn check(caller: Caller, form: Result<Multipart, MultipartRejection>) -> Answer {
    may_make(&caller.tenant)?;
    let sent = match Sent::read(form).await {
        Ok(sent) => sent,
        Err(refusal) => return again(&caller, String::new(), refusal.into()).await,
    };
    let typed = sent.typed();
    match import::check(&caller.tenant, sent.bytes()).await {
        Ok(preview) => show(&caller, ImportPage { typed, fault: None, preview: Some(preview) }, StatusCode::OK).await,
        Err(failure) => again(&caller, typed, failure).await,
    }
}

/// `POST /clients/import/confirmation`: makes everything, or nothing.
pub async fn confirm(caller: Caller, form: Result<Multipart, MultipartRejection>) -> Answer {
    may_make(&caller.tenant)?;
    let sent = match Sent::read(form).await {
        Ok(sent) => sent,
        Err(refusal) => return again(&caller, String::new(), refusal.into()).await,
    };
    let typed = sent.typed();
    match import::import(&keeper(&caller), sent.bytes()).await {
        Ok(Imported::Done(_)) => done(&caller, "/clients?done=clients-imported"),
        Ok(Imported::Refused(preview)) => show(&caller, ImportPage { typed, fault: None, preview: Some(*preview) }, StatusCode::UNPROCESSABLE_ENTITY).await,
        Err(failure) => again(&caller, typed, failure).await,
    }
}

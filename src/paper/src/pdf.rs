//! Reports as PDF. The same report always gives the same bytes.

use domain::reports::Report;
use typst::{comemo, foundations::Smart};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use crate::{Broken, facts::facts, world::Paper};

/// `report` as an A4 document. Takes up to a few seconds of one processor: call it where that hurts nobody.
///
/// # Errors
/// When the typesetter refuses it.
pub fn pdf(report: &Report) -> Result<Vec<u8>, Broken> {
    let facts = serde_json::to_string(&facts(report)).map_err(Broken::because)?;
    let world = Paper::new(facts);
    let made = typst::compile::<PagedDocument>(&world).output.map_err(|faults| told(&faults)).and_then(|document| {
        let options = PdfOptions { ident: Smart::Auto, creator: Smart::Custom(None), ..PdfOptions::default() };
        typst_pdf::pdf(&document, &options).map_err(|faults| told(&faults))
    });
    // What the typesetter remembers is of no use to the next report, and would grow for ever.
    comemo::evict(0);
    made
}

fn told(faults: &[typst::diag::SourceDiagnostic]) -> Broken {
    Broken::because(faults.iter().map(|fault| fault.message.as_str()).collect::<Vec<_>>().join("; "))
}

#[cfg(test)]
pub(crate) mod tests;

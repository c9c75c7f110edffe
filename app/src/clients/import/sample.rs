//! Invented files, for render tests and previews.

use domain::{
    Fault,
    clients::import::{Outcome, Planned, Totals},
};

use super::{ImportPage, Preview};

fn row(number: u64, cells: [&str; 4], outcome: Outcome) -> Planned {
    Planned { number, cells: cells.map(str::to_owned), outcome }
}

impl ImportPage {
    /// A file that is ready.
    pub fn sample() -> Self {
        let make = |client, site, contact| Outcome::Make { client, site, contact };
        let rows = vec![
            row(2, ["Castell Legal", "Lincoln\u{2019}s Inn", "Rupert Castell", "rupert@castell-legal.example"], make(true, true, true)),
            row(3, ["Castell Legal", "Reading", "", ""], make(false, true, false)),
            row(4, ["castell legal", "Reading", "", ""], Outcome::Nothing(Some(3))),
            row(5, ["Pembroke Hotels", "Head office", "", ""], Outcome::Nothing(None)),
        ];
        let totals = Totals { rows: 4, clients: 1, sites: 2, contacts: 1, nothing: 2, faulty: 0 };
        Self { preview: Some(Preview { rows, totals, text: "client,site\nCastell Legal,Reading\n".into() }), ..Self::default() }
    }

    /// A file with rows that cannot be used.
    pub fn sample_faulty() -> Self {
        let faulty = |column: &str, message: &str| Outcome::Faulty(vec![Fault::new(column, message)]);
        let rows = vec![
            row(2, ["=HYPERLINK(\"x\")", "", "", ""], faulty("client", "starts like a formula, with = + - or @")),
            row(3, ["Castell Legal", "", "Rupert", "rupert"], faulty("contact_email", "is not an e-mail address")),
        ];
        let totals = Totals { rows: 2, faulty: 2, ..Totals::default() };
        let typed = "client,contact_name,contact_email\n=HYPERLINK(\"x\"),,\n".to_owned();
        Self { preview: Some(Preview { rows, totals, text: typed.clone() }), typed, fault: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Audience, Frame, clients::import::SHOWN, layout::proof};

    #[test]
    fn a_file_that_is_ready_has_its_button() {
        let html = ImportPage::sample().render(Frame::sample());
        proof::sound(&html);
        assert!(html.contains("Import 1 client, 2 sites and 1 contact") && html.contains("action=\"/clients/import/confirmation\""));
        assert!(html.contains("Repeats line 3") && html.contains("Exists already") && html.contains("Creates client, site, contact"));
    }

    #[test]
    fn a_faulty_file_has_none_and_says_why() {
        let html = ImportPage::sample_faulty().render(Frame::sample());
        proof::sound(&html);
        assert!(!html.contains("/confirmation") && html.contains("2 of 2 rows cannot be used"));
        assert!(html.contains("contact_email is not an e-mail address") && html.contains("client starts like a formula"));
        assert!(html.contains("=HYPERLINK(\"x\"),,"), "what was pasted is kept");
        proof::sound(&ImportPage { fault: Some("lacks the column client".into()), ..ImportPage::default() }.render(Frame::sample()));
    }

    #[test]
    fn hostile_text_stays_text() {
        let bad = || proof::HOSTILE.to_owned();
        let outcome = Outcome::Faulty(vec![Fault::new(bad(), bad())]);
        let rows = vec![Planned { number: 2, cells: [bad(), bad(), bad(), bad()], outcome }];
        let preview = Preview { rows, totals: Totals { faulty: 1, ..Totals::default() }, text: bad() };
        let ready = Preview { totals: Totals { clients: 1, ..Totals::default() }, ..preview.clone() };
        for preview in [Some(preview), Some(ready), None] {
            let page = ImportPage { typed: bad(), fault: Some(bad()), preview };
            proof::sound(&page.render(proof::hostile_frame(Some(Audience::Staff))));
        }
    }

    #[test]
    fn a_page_shows_the_first_rows_and_the_first_faults() {
        let outcome = |n: u64| if n.is_multiple_of(2) { Outcome::Faulty(vec![]) } else { Outcome::Nothing(None) };
        let planned = |n: u64| Planned { number: n, cells: Default::default(), outcome: outcome(n) };
        let shown = Preview::bounded((0..5_000).map(planned).collect(), Totals::default(), String::new()).rows;
        assert_eq!(shown.len(), SHOWN + SHOWN / 2);
        assert!(shown[SHOWN..].iter().all(|row| matches!(row.outcome, Outcome::Faulty(_))));
    }
}

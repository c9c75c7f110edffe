//! Rows and what comes of them.

use super::*;

fn line(number: u64, cells: [&str; 4]) -> Line {
    Line { number, cells: cells.map(str::to_owned), fault: None }
}

fn known() -> Known {
    let client = |origin, sites: &[(&str, Origin)]| KnownClient { origin, sites: sites.iter().map(|(name, origin)| (same(name), *origin)).collect() };
    Known {
        clients: [
            ("castell legal".to_owned(), client(Origin::Stored, &[("Reading", Origin::Stored), ("Old mill", Origin::Archived)])),
            ("gone ltd".to_owned(), client(Origin::Archived, &[])),
        ]
        .into(),
        people: [("rupert@castell.example".to_owned(), Owner::Contact("castell legal".into(), Origin::Stored)), ("owner@msp.example".to_owned(), Owner::Other)]
            .into(),
    }
}

fn outcome(cells: [&str; 4]) -> Outcome {
    plan(vec![line(2, cells)], known()).0.remove(0).outcome
}

const fn make(client: bool, site: bool, contact: bool) -> Outcome {
    Outcome::Make { client, site, contact }
}

#[test]
fn a_row_makes_what_is_missing() {
    assert_eq!(outcome(["Acme", "", "", ""]), make(true, false, false));
    assert_eq!(outcome(["Acme", "HQ", "Ann Lee", "Ann@Acme.example"]), make(true, true, true));
    assert_eq!(outcome([" castell  LEGAL ", "reading", "", ""]), Outcome::Nothing(None));
    assert_eq!(outcome(["Castell Legal", "Leeds", "", ""]), make(false, true, false));
    assert_eq!(outcome(["Castell Legal", "", "Rupert", "RUPERT@castell.example"]), Outcome::Nothing(None));
}

#[test]
fn a_faulty_row_names_its_columns() {
    for (cells, column, why) in [
        (["", "HQ", "", ""], "client", "missing"),
        (["=cmd()", "", "", ""], "client", "formula"),
        (["Acme", "+1", "", ""], "site", "formula"),
        (["Acme", "", "@x", "a@b.example"], "contact_name", "formula"),
        (["Acme", "", "Ann", "-a@b.example"], "contact_email", "formula"),
        (["Acme", "", "Ann", ""], "contact_email", "missing"),
        (["Acme", "", "", "a@b.example"], "contact_name", "missing"),
        (["Acme", "", "Ann", "ann at acme"], "contact_email", "not an e-mail"),
        (["Acme", "", "Ann", "ann@acme"], "contact_email", "not an e-mail"),
        (["Acme", "", "Ann", "a@b@c.example"], "contact_email", "not an e-mail"),
        (["Ac\0me", "", "", ""], "client", "control"),
        (["Gone Ltd", "HQ", "", ""], "client", "archived"),
        (["Castell Legal", "Old mill", "", ""], "site", "archived"),
        (["Acme", "", "Owner", "owner@msp.example"], "contact_email", "somebody"),
        (["Acme", "", "Rupert", "rupert@castell.example"], "contact_email", "another client already"),
    ] {
        let Outcome::Faulty(faults) = outcome(cells) else { panic!("{cells:?} was taken") };
        assert_eq!(faults[0].field, column, "{cells:?}");
        assert!(faults[0].message.contains(why), "{cells:?}: {}", faults[0].message);
    }
}

#[test]
fn rows_know_of_the_rows_before_them() {
    let rows = [
        ["Acme", "HQ", "Ann", "ann@acme.example"],
        ["ACME", "Depot", "", ""],
        ["Acme", "hq", "Ann", "ann@acme.example"],
        ["Other", "", "Ann", "ann@acme.example"],
        ["Other", "", "", ""],
    ];
    let lines = rows.into_iter().zip(2..).map(|(cells, number)| line(number, cells)).collect();
    let (planned, totals) = plan(lines, known());
    let outcomes: Vec<&Outcome> = planned.iter().map(|row| &row.outcome).collect();
    assert_eq!(outcomes[..3], [&make(true, true, true), &make(false, true, false), &Outcome::Nothing(Some(2))]);
    assert!(matches!(outcomes[3], Outcome::Faulty(faults) if faults[0].message.contains("line 2")));
    assert_eq!(outcomes[4], &make(true, false, false), "a faulty row makes nothing");
    assert_eq!(totals, Totals { rows: 5, clients: 2, sites: 2, contacts: 1, nothing: 1, faulty: 1 });
    assert_eq!(totals.made(), 5);
}

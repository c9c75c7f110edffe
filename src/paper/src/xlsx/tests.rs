//! Spreadsheets as a program of others reads them: openpyxl, in the Python that the tools install.

use std::{path::PathBuf, process::Command};

use super::xlsx;
use crate::pdf::tests::report;

const MISSING: &str = "this test needs openpyxl: run scripts/tools.sh sheets, or set PORTICO_OPENPYXL_PYTHON to a Python that has it";
/// Prints each cell that holds something: sheet, place, kind and value, as JSON.
const READ: &str = "
import json, sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
cells = [[sheet.title, cell.coordinate, cell.data_type, str(cell.value)] for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
print(json.dumps({'sheets': book.sheetnames, 'cells': cells, 'title': book.properties.title}))
";

#[derive(serde::Deserialize)]
struct Book {
    sheets: Vec<String>,
    cells: Vec<(String, String, String, String)>,
    title: Option<String>,
}

fn python() -> PathBuf {
    let cache = || Some(std::env::var_os("PORTICO_CACHE").map_or(PathBuf::from(std::env::var_os("HOME")?).join(".cache/portico"), PathBuf::from));
    let named = std::env::var_os("PORTICO_OPENPYXL_PYTHON").map(PathBuf::from);
    named.or_else(|| Some(cache()?.join("sheets/bin/python"))).filter(|path| path.exists()).expect(MISSING)
}

fn read(bytes: &[u8]) -> Book {
    let path = std::env::temp_dir().join(format!("sheets-{}-{:?}.xlsx", std::process::id(), std::thread::current().id()));
    std::fs::write(&path, bytes).expect("a file");
    let read = Command::new(python()).args(["-c", READ]).arg(&path).output().expect("python");
    drop(std::fs::remove_file(&path));
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    serde_json::from_slice(&read.stdout).expect("what it read")
}

impl Book {
    fn kind_and_value(&self, sheet: &str, place: &str) -> (&str, &str) {
        let cell = self.cells.iter().find(|(of, at, ..)| (of.as_str(), at.as_str()) == (sheet, place));
        cell.map(|(.., kind, value)| (kind.as_str(), value.as_str())).unwrap_or_else(|| panic!("{sheet} {place}"))
    }
}

#[test]
fn another_program_reads_the_numbers_the_times_and_the_words() {
    let book = read(&xlsx(&report("Castell Legal", 300)).expect("a book"));
    assert_eq!(book.sheets, ["Figures", "Castell Legal", "Rows"]);
    assert!(book.title.as_deref().is_some_and(|title| title.contains("Castell Legal")), "{:?}", book.title);
    assert_eq!(book.kind_and_value("Figures", "B4"), ("s", "Castell Legal"), "the period");
    assert_eq!(book.kind_and_value("Figures", "B10"), ("n", "2"), "a figure is a number");
    assert_eq!(book.kind_and_value("Rows", "A2"), ("s", "Castell Legal"));
    assert_eq!(book.kind_and_value("Rows", "B301"), ("n", "299"), "the last row");
    let (kind, seen) = book.kind_and_value("Rows", "C2");
    assert!(kind == "d" && seen.starts_with("2026-11-01 "), "a time is a time: {kind} {seen}");
    assert_eq!(book.kind_and_value("Rows", "D2"), ("n", "60"), "a span is minutes");
}

#[test]
fn what_devices_call_themselves_is_read_as_words() {
    for name in ["=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", "=HYPERLINK(\"http://x.example\")", "\u{202e}live\u{0}", "<a&b>]]>", "_x0041_", "東京 🖥️"] {
        let book = read(&xlsx(&report(name, 3)).unwrap_or_else(|broken| panic!("{name}: {broken}")));
        assert!(book.cells.iter().all(|(.., kind, _)| kind != "f"), "{name} is a formula");
        let shown: String = name.chars().filter(|c| !c.is_control()).collect();
        assert_eq!(book.kind_and_value("Rows", "A2"), ("s", shown.as_str()));
    }
}

//! A CSV file of clients as rows, whatever program wrote it.

use csv::{ReaderBuilder, StringRecord};
use domain::{
    Fault, Refusal,
    clients::import::{BYTES, COLUMNS, Line, ROWS},
};

/// The file that shows how it is done.
pub const SAMPLE: &str = "client,site,contact_name,contact_email\r\n\
    Harbour Dental,Quay Street,Maya Lind,maya.lind@harbour-dental.example\r\n\
    Harbour Dental,Station Road,,\r\n\
    Alder & Finch,Studio,Jon Alder,jon@alder-finch.example\r\n";

fn refused(message: impl Into<String>) -> Refusal {
    Refusal::invalid("file", message)
}

/// The text of a file, without the mark that some programs put before it.
///
/// # Errors
/// [`Refusal::Invalid`] when it is empty, too large or not UTF-8.
pub fn text(bytes: Vec<u8>) -> Result<String, Refusal> {
    if bytes.len() > BYTES {
        return Err(refused("The file is larger than 2 MB. Split it, and import the parts one after the other."));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(refused("The file is UTF-16. Save it as \u{201c}CSV UTF-8\u{201d} and choose it again."));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..good].iter().filter(|byte| **byte == b'\n').count() + 1;
        refused(format!("The file is not UTF-8: line {line} holds a byte that is no text. Save it as \u{201c}CSV UTF-8\u{201d} and choose it again."))
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    if text.trim().is_empty() { Err(refused("Choose a file, or paste the rows.")) } else { Ok(text.to_owned()) }
}

/// The character between the cells: the one that stands most often in the line of column names.
fn separator(text: &str) -> u8 {
    let head = text.trim_start().lines().next().unwrap_or_default();
    let often = |separator: &u8| head.bytes().filter(|byte| byte == separator).count();
    // The last of equals wins, so the comma comes last.
    [b'\t', b';', b','].into_iter().max_by_key(often).unwrap_or(b',')
}

/// The rows of `text`.
///
/// # Errors
/// [`Refusal::Invalid`] naming wrong columns, or too many rows.
pub fn lines(text: &str) -> Result<Vec<Line>, Refusal> {
    let mut reader = ReaderBuilder::new().delimiter(separator(text)).flexible(true).from_reader(text.as_bytes());
    let head = reader.headers().map_err(|_| refused("The line of column names cannot be read."))?.clone();
    let places = columns(&head)?;
    let (mut lines, mut rows) = (Vec::new(), 0);
    for record in reader.records() {
        let record = record.map_err(|error| refused(format!("The file cannot be read: {error}.")))?;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        rows += 1;
        if rows <= ROWS {
            let number = record.position().map_or(0, |place| number(text, place));
            lines.push(line(&record, number, places, head.len()));
        }
    }
    match rows {
        0 => Err(refused("The file has column names, but no rows below them.")),
        rows if rows > ROWS => {
            let (rows, most) = (app::ui::thousands(rows as u64), app::ui::thousands(ROWS as u64));
            Err(refused(format!("The file has {rows} rows; at most {most} are taken at a time. Split it, and import the parts one after the other.")))
        }
        _ => Ok(lines),
    }
}

/// Where each of our columns stands.
fn columns(head: &StringRecord) -> Result<[Option<usize>; 4], Refusal> {
    let names: Vec<String> = head.iter().map(|name| name.trim().to_lowercase().replace([' ', '-'], "_")).collect();
    let known = COLUMNS.join(", ");
    let shown = |name: &str| format!("\u{201c}{}\u{201d}", name.chars().filter(|c| !c.is_control()).take(40).collect::<String>());
    let strange: Vec<String> = names.iter().filter(|name| !COLUMNS.contains(&name.as_str())).take(8).map(|name| shown(name)).collect();
    if names.iter().all(|name| name != COLUMNS[0]) {
        return Err(refused(format!("The first line has no column \u{201c}client\u{201d}. The columns are {known}.")));
    }
    if !strange.is_empty() {
        return Err(refused(format!("The first line names {}, which the import does not know. The columns are {known}.", strange.join(", "))));
    }
    for column in COLUMNS {
        if names.iter().filter(|name| *name == column).count() > 1 {
            return Err(refused(format!("The first line names the column \u{201c}{column}\u{201d} twice.")));
        }
    }
    Ok(COLUMNS.map(|column| names.iter().position(|name| name == column)))
}

/// The line that a record begins in. The reader stands before the line feeds that are left of the record before.
fn number(text: &str, place: &csv::Position) -> u64 {
    let rest = usize::try_from(place.byte()).ok().and_then(|at| text.as_bytes().get(at..)).unwrap_or_default();
    let left = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n').count();
    place.line() + left as u64
}

fn line(record: &StringRecord, number: u64, places: [Option<usize>; 4], columns: usize) -> Line {
    let cells = places.map(|place| place.and_then(|place| record.get(place)).unwrap_or_default().to_owned());
    let fault = (record.len() != columns).then(|| Fault::new("row", format!("has {} cells; the first line names {columns} columns", record.len())));
    Line { number, cells, fault }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why<T>(answer: Result<T, Refusal>) -> String {
        let Err(Refusal::Invalid(faults)) = answer else { panic!("it was taken") };
        faults[0].message.clone()
    }

    #[test]
    fn a_file_reads_the_same_from_any_program() {
        let plain = lines("client,site\nAcme,HQ\n").expect("rows");
        assert_eq!((plain.len(), plain[0].number, &plain[0].cells), (1, 2, &["Acme", "HQ", "", ""].map(str::to_owned)));
        for other in ["client;site\r\nAcme;HQ\r\n;\r\n", "Site\tClient\nHQ\tAcme", "\"client\",\"site\"\n\"Acme\",\"HQ\"\n\n"] {
            assert_eq!(lines(other).expect("rows")[0].cells, plain[0].cells, "{other:?}");
        }
        for ends in ["\n", "\r\n"] {
            let rows = lines(&["client", "Acme", "", "Bolt", "Crane"].join(ends)).expect("rows");
            assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [2, 4, 5], "{ends:?}");
        }
        assert_eq!(text(b"\xef\xbb\xbfclient\nAcme".to_vec()).expect("text"), "client\nAcme");
        assert_eq!(lines(SAMPLE).expect("rows").len(), 3);
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert!(why(text(b"client\nCaf\xe9\n".to_vec())).contains("line 2"));
        assert!(why(text(vec![0xff, 0xfe, b'c', 0])).contains("UTF-16"));
        assert!(why(text(b" \r\n".to_vec())).contains("Choose a file"));
        assert!(why(text(vec![b'x'; BYTES + 1])).contains("2 MB"));
        assert!(why(lines("name,site\nAcme,HQ")).contains("no column"));
        assert!(why(lines("client,phone\nAcme,1")).contains("\u{201c}phone\u{201d}"));
        assert!(why(lines("client,client\nAcme,1")).contains("twice"));
        assert!(why(lines("client,site\n,\n")).contains("no rows"));
        assert!(why(lines(&format!("client\n{}", "Acme\n".repeat(100_000)))).contains("100,000 rows"));
        assert!(lines("client,site\nAcme\n").expect("rows")[0].fault.is_some());
    }
}

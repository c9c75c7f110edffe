//! The text of an XML message: its declared encoding, and what may not be in it.

use std::borrow::Cow;

use super::super::reject::{Reject, echo};

/// How far into a message its encoding may be declared.
const DECLARATION: usize = 200;

/// The text of `xml`, which is UTF-8 or says that it is ISO 8859-1.
///
/// # Errors
/// [`Reject::Malformed`] for a NUL or a broken UTF-8 sequence, [`Reject::Unsupported`] for another encoding.
pub fn decode(xml: &[u8]) -> Result<Cow<'_, str>, Reject> {
    if xml.contains(&0) {
        return Err(Reject::malformed("The message holds a NUL; it has to be UTF-8."));
    }
    let xml = xml.strip_prefix(b"\xef\xbb\xbf").unwrap_or(xml);
    match declared(xml).as_str() {
        "" | "utf-8" | "utf8" | "us-ascii" => std::str::from_utf8(xml).map(Cow::Borrowed).map_err(|_| Reject::malformed("The message is not valid UTF-8.")),
        // Each byte of ISO 8859-1 is the code point of the same number.
        "iso-8859-1" | "latin1" => Ok(xml.iter().map(|byte| char::from(*byte)).collect::<String>().into()),
        other => Err(Reject::Unsupported(format!("The encoding \"{}\" is not taken; send UTF-8.", echo(other)))),
    }
}

fn declared(xml: &[u8]) -> String {
    let head = String::from_utf8_lossy(&xml[..xml.len().min(DECLARATION)]);
    let declaration = head.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map_or("", |(inside, _)| inside);
    let value = declaration.split_once("encoding").map_or("", |(_, value)| value).trim_start_matches([' ', '=', '\t']);
    let Some(quote @ ('"' | '\'')) = value.chars().next() else { return String::new() };
    value[1..].split(quote).next().unwrap_or_default().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_declared_encoding_is_read() {
        for (head, encoding) in [
            ("<?xml version=\"1.0\" encoding=\"UTF-8\" ?><A/>", "utf-8"),
            ("<?xml version='1.0' encoding = 'ISO-8859-1'?>", "iso-8859-1"),
            ("<?xml version='1.0'?><A encoding='x'/>", ""),
            ("<A/>", ""),
            ("<?xml encoding=é?>", ""),
            ("", ""),
        ] {
            assert_eq!(declared(head.as_bytes()), encoding, "{head}");
        }
    }

    #[test]
    fn latin_1_is_decoded_and_others_are_not() {
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><A>B\xfcro</A>";
        assert!(decode(latin).expect("decoded").contains("Büro"));
        assert_eq!(decode(b"<?xml version='1.0' encoding='EBCDIC'?><A/>").map_err(|r| r.status()), Err(415));
        for broken in [&b"<A>\xff</A>"[..], b"<A>\0</A>", b"\xff\xfe<\0A\0", b"<?xml version='1.0'?><A>B\xfcro</A>"] {
            assert_eq!(decode(broken).map_err(|r| r.status()), Err(400));
        }
        assert_eq!(decode(b"\xef\xbb\xbf<A/>").as_deref(), Ok("<A/>"));
    }
}

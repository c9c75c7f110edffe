//! Files of a message: a closed list of kinds, told by their content, never by what the sender calls them.

use crate::{Fault, devices::limits::is_plain};

/// The most bytes of one file.
pub const BYTES: usize = 5 * 1024 * 1024;
/// The most files of one message.
pub const FILES: usize = 5;
/// The most bytes that all files of a tenant hold together.
pub const TENANT: i64 = 1024 * 1024 * 1024;
/// The most of them that the people of one client may fill, so that none takes the room of the others.
pub const CLIENT: i64 = TENANT / 8;
/// The longest name, in characters.
pub const NAME: usize = 120;

/// What a file may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// A PNG picture.
    Png,
    /// A JPEG picture.
    Jpeg,
    /// A GIF picture.
    Gif,
    /// A WebP picture.
    Webp,
    /// A PDF document.
    Pdf,
    /// Plain text, also of a log.
    Text,
    /// Rows of text.
    Csv,
}

impl FileKind {
    /// Each kind once.
    pub const ALL: [Self; 7] = [Self::Png, Self::Jpeg, Self::Gif, Self::Webp, Self::Pdf, Self::Text, Self::Csv];

    /// The word in storage.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpeg",
            Self::Gif => "gif",
            Self::Webp => "webp",
            Self::Pdf => "pdf",
            Self::Text => "text",
            Self::Csv => "csv",
        }
    }

    /// The content type that it is served with.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
            Self::Text => "text/plain; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }

    /// The kind with this word in storage; what is unknown is plain text.
    pub fn stored(word: &str) -> Self {
        Self::ALL.into_iter().find(|kind| kind.word() == word).unwrap_or(Self::Text)
    }

    /// What the ending of a name promises.
    fn promised(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        Some(match ending.to_ascii_lowercase().as_str() {
            "png" => Self::Png,
            "jpg" | "jpeg" => Self::Jpeg,
            "gif" => Self::Gif,
            "webp" => Self::Webp,
            "pdf" => Self::Pdf,
            "txt" | "log" => Self::Text,
            "csv" => Self::Csv,
            _ => return None,
        })
    }

    /// Whether `bytes` are what this kind is.
    fn holds(self, bytes: &[u8]) -> bool {
        match self {
            Self::Png => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
            Self::Jpeg => bytes.starts_with(b"\xff\xd8\xff"),
            Self::Gif => bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a"),
            Self::Webp => bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"),
            Self::Pdf => bytes.starts_with(b"%PDF-"),
            Self::Text | Self::Csv => std::str::from_utf8(bytes).is_ok_and(|text| !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))),
        }
    }
}

/// The last part of what a browser calls a file, without a path.
fn bare(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or_default().trim()
}

/// The name and the kind of a file that was sent for `field`.
///
/// # Errors
/// What is wrong with it, naming the file.
pub fn checked(field: &str, name: &str, bytes: &[u8]) -> Result<(String, FileKind), Fault> {
    let name = bare(name);
    let fault = |why: String| Err(Fault::new(field, why));
    if name.is_empty() || name.starts_with('.') || name.chars().count() > NAME || !is_plain(name) || name.contains('"') {
        return fault(format!("A file needs a plain name of at most {NAME} characters with an ending, like photo.png."));
    }
    if bytes.is_empty() {
        return fault(format!("{name} is empty."));
    }
    if bytes.len() > BYTES {
        return fault(format!("{name} is larger than 5 MB."));
    }
    match FileKind::promised(name) {
        None => fault(format!("{name} is none of: png, jpg, gif, webp, pdf, txt, csv, log.")),
        Some(kind) if !kind.holds(bytes) => fault(format!("{name} does not hold what its ending says.")),
        Some(kind) => Ok((name.to_owned(), kind)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_and_ending_must_agree() {
        let fine: [(&str, &[u8], FileKind); 6] = [
            ("a.png", b"\x89PNG\r\n\x1a\nrest", FileKind::Png),
            ("C:\\photos\\b.JPG", b"\xff\xd8\xff\xe0", FileKind::Jpeg),
            ("../../etc/c.pdf", b"%PDF-1.7", FileKind::Pdf),
            ("d.webp", b"RIFF\0\0\0\0WEBPVP8 ", FileKind::Webp),
            ("e.log", "Größe\t1\r\n".as_bytes(), FileKind::Text),
            ("f.csv", b"a,b\n", FileKind::Csv),
        ];
        for (name, bytes, kind) in fine {
            let (kept, found) = checked("files", name, bytes).expect(name);
            assert!(found == kind && !kept.contains(['/', '\\']), "{kept}");
        }
        let bad: [(&str, &[u8]); 11] = [
            ("a.png", b"<html><script>alert(1)</script>"),
            ("a.svg", b"<svg onload=alert(1)>"),
            ("a.html", b"<p>"),
            ("a.txt", b"MZ\x90\0\x03"),
            ("a.gif", b"GIF88a"),
            ("a.txt.exe", b"text"),
            (".png", b"\x89PNG\r\n\x1a\n"),
            ("a", b"text"),
            ("a\n.txt", b"text"),
            ("a\".txt", b"text"),
            ("a.txt", b""),
        ];
        for (name, bytes) in bad {
            assert!(checked("files", name, bytes).is_err_and(|fault| fault.field == "files"), "{name:?}");
        }
        assert!(checked("files", "a.txt", &vec![b'x'; BYTES]).is_ok() && checked("files", "a.txt", &vec![b'x'; BYTES + 1]).is_err());
    }
}

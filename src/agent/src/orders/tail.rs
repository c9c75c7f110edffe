//! The last bytes of what a program prints.

use domain::commands::MOST_OUTPUT;

/// Keeps the end of what is added.
#[derive(Debug, Default)]
pub struct Tail {
    bytes: Vec<u8>,
    cut: bool,
}

impl Tail {
    /// Adds `bytes`.
    pub fn add(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        // Twice the limit, so that moving bytes costs little.
        if self.bytes.len() > 2 * MOST_OUTPUT {
            self.bytes.drain(..self.bytes.len() - MOST_OUTPUT);
            self.cut = true;
        }
    }

    /// The end as text, and whether there was more.
    pub fn text(&self) -> (String, bool) {
        let start = self.bytes.len().saturating_sub(MOST_OUTPUT);
        let text = String::from_utf8_lossy(self.bytes.get(start..).unwrap_or_default());
        // A character that is no text becomes three bytes, so the text is measured again.
        let from = text.len().saturating_sub(MOST_OUTPUT);
        let from = (from..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
        (text.get(from..).unwrap_or_default().to_owned(), self.cut || start > 0 || from > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_kept_and_bounded() {
        let mut tail = Tail::default();
        tail.add(b"begin ");
        for _ in 0..10 {
            tail.add(&[b'x'; MOST_OUTPUT / 2]);
        }
        tail.add(b" end");
        let (text, cut) = tail.text();
        assert!(cut && text.len() == MOST_OUTPUT && text.ends_with(" end") && !text.contains("begin"));
        let mut foreign = Tail::default();
        foreign.add(&[0xff; MOST_OUTPUT]);
        assert!(foreign.text().0.len() <= MOST_OUTPUT && foreign.text().1);
        let mut short = Tail::default();
        short.add(b"all");
        assert_eq!(short.text(), ("all".into(), false));
    }
}

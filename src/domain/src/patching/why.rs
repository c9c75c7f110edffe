//! A sentence that answers "Why?". Its instants stay instants, so that a page can show them in the viewer's zone.

use crate::Moment;

/// A part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words, with the spaces that belong to them.
    Text(String),
    /// An instant.
    At(Moment),
}

/// A sentence in parts; it ends with a full stop.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sentence(pub Vec<Piece>);

impl Sentence {
    /// A sentence that begins with `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self(vec![Piece::Text(text.into())])
    }

    /// The same, going on with `text`.
    #[must_use]
    pub fn text(mut self, text: impl AsRef<str>) -> Self {
        match self.0.last_mut() {
            Some(Piece::Text(last)) => last.push_str(text.as_ref()),
            _ => self.0.push(Piece::Text(text.as_ref().to_owned())),
        }
        self
    }

    /// The same, going on with the instant `at`.
    #[must_use]
    pub fn at(mut self, at: Moment) -> Self {
        self.0.push(Piece::At(at));
        self
    }

    /// The same, going on with `other` after a space.
    #[must_use]
    pub fn then(self, other: Self) -> Self {
        other.0.into_iter().fold(self.text(" "), |all, piece| match piece {
            Piece::Text(text) => all.text(text),
            Piece::At(at) => all.at(at),
        })
    }

    /// The whole as plain text, with each instant as `when` writes it.
    pub fn written(&self, when: impl Fn(Moment) -> String) -> String {
        let pieces = self.0.iter().map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::At(at) => when(*at),
        });
        pieces.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_keeps_its_instants() {
        let sentence = Sentence::new("It waits until ").at(Moment(7)).text(".").then(Sentence::new("Then ").text("it goes on."));
        assert_eq!(sentence.0.len(), 3);
        assert_eq!(sentence.written(|at| format!("<{}>", at.0)), "It waits until <7>. Then it goes on.");
        assert_eq!(Sentence::default().written(|_| String::new()), "");
    }
}

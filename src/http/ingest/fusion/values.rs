//! Texts, lists and counts of an inventory, each with a bound on what it keeps.

use std::{fmt, marker::PhantomData};

use domain::devices::limits::TEXT;
use serde::{
    Deserialize, Deserializer,
    de::{Error, IgnoredAny, SeqAccess, Visitor},
};

/// The most bytes kept of one text: enough for the domain's limit to see that it is too long.
const KEPT: usize = 4 * TEXT + 4;

/// A text; empty when it was not sent. In JSON a number or a truth value is taken as its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Word(String);

impl Word {
    /// The text, when there is one.
    pub fn get(&self) -> Option<&str> {
        Some(self.0.trim()).filter(|text| !text.is_empty())
    }

    /// Adds `text` as far as there is room.
    pub fn push(&mut self, text: &str) {
        let room = KEPT.saturating_sub(self.0.len());
        self.0.push_str(&text[..text.floor_char_boundary(room)]);
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }
}

impl From<&str> for Word {
    fn from(text: &str) -> Self {
        let mut word = Self::default();
        word.push(text);
        word
    }
}

struct WordVisitor;

impl Visitor<'_> for WordVisitor {
    type Value = Word;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a text or a number")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Word, E> {
        Ok(Word::from(text))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Word, E> {
        Ok(Word(number.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Word, E> {
        Ok(Word(number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Word, E> {
        Ok(Word(number.to_string()))
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<Word, E> {
        Ok(Word(u8::from(truth).to_string()))
    }

    fn visit_unit<E: Error>(self) -> Result<Word, E> {
        Ok(Word::default())
    }
}

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(WordVisitor)
    }
}

/// A text, or in JSON a list of texts; the list is kept with a space after each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts(pub Word);

struct TextsVisitor;

impl<'de> Visitor<'de> for TextsVisitor {
    type Value = Texts;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a text or a list of texts")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Texts, E> {
        Ok(Texts(Word::from(text)))
    }

    fn visit_unit<E: Error>(self) -> Result<Texts, E> {
        Ok(Texts::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Texts, A::Error> {
        let mut all = Texts::default();
        while let Some(text) = list.next_element::<Word>()? {
            // Half an address could be another address.
            if all.0.0.len() + text.0.len() < KEPT {
                all.0.push(&text.0);
                all.0.push(" ");
            }
        }
        Ok(all)
    }
}

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(TextsVisitor)
    }
}

/// A list that keeps its first `MOST` entries and counts the rest.
#[derive(Debug)]
pub struct Many<T, const MOST: usize> {
    pub items: Vec<T>,
    pub seen: usize,
}

impl<T, const MOST: usize> Default for Many<T, MOST> {
    fn default() -> Self {
        Self { items: Vec::new(), seen: 0 }
    }
}

impl<T: Default, const MOST: usize> Many<T, MOST> {
    /// Begins an entry.
    ///
    /// # Errors
    /// `MOST`, when this is one more.
    pub fn open(&mut self) -> Result<(), usize> {
        self.seen += 1;
        if !self.fits() {
            return Err(MOST);
        }
        self.items.push(T::default());
        Ok(())
    }

    pub fn last(&mut self) -> Option<&mut T> {
        self.items.last_mut()
    }
}

impl<T, const MOST: usize> Many<T, MOST> {
    pub fn fits(&self) -> bool {
        self.seen <= MOST
    }
}

struct ManyVisitor<T, const MOST: usize>(PhantomData<T>);

impl<'de, T: Deserialize<'de>, const MOST: usize> Visitor<'de> for ManyVisitor<T, MOST> {
    type Value = Many<T, MOST>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut many = Many::default();
        while many.items.len() < MOST {
            let Some(item) = list.next_element()? else { break };
            many.items.push(item);
        }
        many.seen = many.items.len();
        while list.next_element::<IgnoredAny>()?.is_some() {
            many.seen += 1;
        }
        Ok(many)
    }
}

impl<'de, T: Deserialize<'de>, const MOST: usize> Deserialize<'de> for Many<T, MOST> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_seq(ManyVisitor(PhantomData))
    }
}

/// How many entries a list had, none of which was kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count(pub u32);

impl Count {
    pub fn add(&mut self) {
        self.0 = self.0.saturating_add(1);
    }
}

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let none: Many<IgnoredAny, 0> = Many::deserialize(from)?;
        Ok(Self(u32::try_from(none.seen).unwrap_or(u32::MAX)))
    }
}

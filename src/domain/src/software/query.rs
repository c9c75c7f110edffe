//! What the lists of software show, as their URLs say it.

use super::{Ecosystem, VersionFilter};
use crate::{
    Fault, Refusal,
    devices::{
        limits::{TEXT, is_plain},
        query::{Cursor, SEARCH, encode},
    },
};

/// Where a page of titles starts: beside this title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TitleCursor {
    /// Its package system.
    pub ecosystem: Ecosystem,
    /// Its name.
    pub name: String,
    /// Whether the page ends before it instead of starting after it.
    pub backwards: bool,
}

/// The state of the list of titles.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TitlesQuery {
    /// Part of a name.
    pub q: String,
    /// One package system.
    pub ecosystem: Option<Ecosystem>,
    /// Where the page starts; `None` is the first page.
    pub cursor: Option<TitleCursor>,
}

/// The state of the page of one title.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TitleQuery {
    /// The devices that could have it and do not, instead of those that have it.
    pub lacks: bool,
    /// Only devices with exactly this version.
    pub only: Option<String>,
    /// Only devices with such a version.
    pub version: Option<VersionFilter>,
    /// Where the page of devices starts, by host name.
    pub cursor: Option<Cursor>,
}

impl TitleCursor {
    fn parse(text: &str, backwards: bool) -> Option<Self> {
        let (ecosystem, name) = text.split_once('.')?;
        Some(Self { ecosystem: ecosystem.parse().ok()?, name: plain(name)?.to_owned(), backwards })
    }
}

fn plain(text: &str) -> Option<&str> {
    Some(text).filter(|text| text.chars().count() <= TEXT && is_plain(text))
}

fn written(pairs: Vec<(&str, String)>) -> String {
    let pairs: Vec<String> = pairs.into_iter().map(|(name, value)| format!("{name}={}", encode(&value))).collect();
    if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
}

fn verdict<T>(query: T, faults: Vec<Fault>) -> Result<T, Refusal> {
    if faults.is_empty() { Ok(query) } else { Err(Refusal::Invalid(faults)) }
}

impl TitlesQuery {
    /// Reads the pairs of a query string; unknown names are ignored.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming each parameter whose value is none of its own.
    pub fn parse<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Refusal> {
        let (mut query, mut faults) = (Self::default(), Vec::new());
        for (name, value) in pairs {
            if !value.is_empty() && query.take(name, value).is_none() {
                faults.push(Fault::new(name, "is not a value this list knows"));
            }
        }
        verdict(query, faults)
    }

    fn take(&mut self, name: &str, value: &str) -> Option<()> {
        match name {
            "q" => self.q = Some(value.trim()).filter(|q| q.chars().count() <= SEARCH && is_plain(q))?.to_owned(),
            "ecosystem" => self.ecosystem = Some(value.parse().ok()?),
            "after" => self.cursor = Some(TitleCursor::parse(value, false)?),
            "before" => self.cursor = Some(TitleCursor::parse(value, true)?),
            _ => {}
        }
        Some(())
    }

    /// The query string, with its `?` when it is not empty.
    pub fn to_query(&self) -> String {
        let mut pairs = Vec::new();
        if !self.q.is_empty() {
            pairs.push(("q", self.q.clone()));
        }
        if let Some(ecosystem) = self.ecosystem {
            pairs.push(("ecosystem", ecosystem.to_string()));
        }
        if let Some(cursor) = &self.cursor {
            pairs.push((if cursor.backwards { "before" } else { "after" }, format!("{}.{}", cursor.ecosystem, cursor.name)));
        }
        written(pairs)
    }

    /// The same list, changed by `change`, from its first page.
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut query = Self { cursor: None, ..self.clone() };
        change(&mut query);
        query
    }

    /// Whether any filter is set.
    pub fn is_filtered(&self) -> bool {
        !self.q.is_empty() || self.ecosystem.is_some()
    }
}

impl TitleQuery {
    /// Reads the pairs of a query string about software of `ecosystem`; unknown names are ignored.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming each parameter whose value is none of its own.
    pub fn parse<'a>(ecosystem: Ecosystem, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Refusal> {
        let (mut query, mut faults, mut is, mut version) = (Self::default(), Vec::new(), "", "");
        for (name, value) in pairs.into_iter().filter(|(_, value)| !value.is_empty()) {
            match name {
                "is" => is = value,
                "version" => version = value,
                _ if query.take(name, value).is_none() => faults.push(Fault::new(name, "is not a value this list knows")),
                _ => {}
            }
        }
        match VersionFilter::parse(ecosystem, is, version) {
            Ok(filter) => query.version = filter,
            Err(fault) => faults.push(fault),
        }
        verdict(query, faults)
    }

    fn take(&mut self, name: &str, value: &str) -> Option<()> {
        match name {
            "lacks" => self.lacks = Some(value == "1").filter(|yes| *yes)?,
            "only" => self.only = Some(plain(value)?.to_owned()),
            "after" => self.cursor = Some(Cursor::parse(value, false).filter(|cursor| is_plain(&cursor.value))?),
            "before" => self.cursor = Some(Cursor::parse(value, true).filter(|cursor| is_plain(&cursor.value))?),
            _ => {}
        }
        Some(())
    }

    /// The query string, with its `?` when it is not empty.
    pub fn to_query(&self) -> String {
        let mut pairs = Vec::new();
        if self.lacks {
            pairs.push(("lacks", "1".to_owned()));
        }
        if let Some(only) = &self.only {
            pairs.push(("only", only.clone()));
        }
        if let Some(filter) = &self.version {
            pairs.push(("is", filter.is.word().to_owned()));
            pairs.push(("version", filter.version.clone()));
        }
        if let Some(cursor) = &self.cursor {
            pairs.push((if cursor.backwards { "before" } else { "after" }, format!("{}.{}", cursor.id.simple(), cursor.value)));
        }
        written(pairs)
    }

    /// The same list from its first page.
    pub fn first_page(&self) -> Self {
        Self { cursor: None, ..self.clone() }
    }

    /// Whether a device with `installed` is asked for.
    pub fn holds(&self, ecosystem: Ecosystem, installed: &str) -> bool {
        self.only.as_deref().is_none_or(|only| only == installed) && self.version.as_ref().is_none_or(|filter| filter.holds(ecosystem, installed))
    }

    /// Whether only some versions are asked for.
    pub const fn is_filtered(&self) -> bool {
        self.only.is_some() || self.version.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_read_back_to_the_same_lists() {
        for text in ["", "?q=50%25%20_%27%22&ecosystem=deb", "?ecosystem=rpm&after=windows.a%2Fb%20%28x64%29", "?before=deb.libc6"] {
            let pairs: Vec<(String, String)> = pairs(text);
            let query = TitlesQuery::parse(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))).expect(text);
            assert_eq!(query.to_query(), text);
        }
        let id = uuid::Uuid::from_u128(7);
        for text in ["", "?lacks=1", "?only=1%3A2.36-9%2Bdeb12u10", "?is=below&version=3.0.17", &format!("?after={}.BWL.1", id.simple())] {
            let pairs = pairs(text);
            let query = TitleQuery::parse(Ecosystem::Deb, pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))).expect(text);
            assert_eq!(query.to_query(), text);
        }
    }

    fn pairs(query: &str) -> Vec<(String, String)> {
        let decode = |text: &str| {
            let mut bytes = Vec::new();
            let mut rest = text.bytes();
            while let Some(byte) = rest.next() {
                let mut digit = || char::from(rest.next().expect("a digit")).to_digit(16).expect("hexadecimal") as u8;
                bytes.push(if byte == b'%' { digit() * 16 + digit() } else { byte });
            }
            String::from_utf8(bytes).expect("text")
        };
        let pairs = query.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
        pairs.map(|(name, value)| (name.to_owned(), decode(value))).collect()
    }

    #[test]
    fn a_wrong_value_is_named() {
        for (name, value) in [("ecosystem", "apk"), ("after", "x"), ("after", "deb.\0"), ("q", "a\0b"), ("before", "apk.x")] {
            let Err(Refusal::Invalid(faults)) = TitlesQuery::parse([(name, value)]) else { panic!("{name}={value} was taken") };
            assert_eq!(faults[0].field, name);
        }
        for (name, value) in [("lacks", "2"), ("after", "x"), ("only", "a\0"), ("is", "newer"), ("version", "1 2")] {
            let Err(Refusal::Invalid(faults)) = TitleQuery::parse(Ecosystem::Deb, [(name, value)]) else { panic!("{name}={value} was taken") };
            assert_eq!(faults[0].field, name);
        }
    }
}

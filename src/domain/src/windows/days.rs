//! Days of the week.

use std::{collections::BTreeSet, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Day {
    /// The first.
    #[serde(rename = "mon")]
    Monday,
    /// The second.
    #[serde(rename = "tue")]
    Tuesday,
    /// The third.
    #[serde(rename = "wed")]
    Wednesday,
    /// The fourth.
    #[serde(rename = "thu")]
    Thursday,
    /// The fifth.
    #[serde(rename = "fri")]
    Friday,
    /// The sixth.
    #[serde(rename = "sat")]
    Saturday,
    /// The seventh.
    #[serde(rename = "sun")]
    Sunday,
}

/// Some days of the week, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Days(BTreeSet<Day>);

impl Day {
    /// Each once, from Monday.
    pub const ALL: [Self; 7] = [Self::Monday, Self::Tuesday, Self::Wednesday, Self::Thursday, Self::Friday, Self::Saturday, Self::Sunday];

    /// The word that forms and storage use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Monday => "mon",
            Self::Tuesday => "tue",
            Self::Wednesday => "wed",
            Self::Thursday => "thu",
            Self::Friday => "fri",
            Self::Saturday => "sat",
            Self::Sunday => "sun",
        }
    }

    /// The word on pages.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Monday => "Monday",
            Self::Tuesday => "Tuesday",
            Self::Wednesday => "Wednesday",
            Self::Thursday => "Thursday",
            Self::Friday => "Friday",
            Self::Saturday => "Saturday",
            Self::Sunday => "Sunday",
        }
    }
}

impl FromStr for Day {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|day| day.word() == word).ok_or(())
    }
}

impl Days {
    /// Whether `day` is among them.
    pub fn holds(&self, day: Day) -> bool {
        self.0.contains(&day)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each, from Monday.
    pub fn iter(&self) -> impl Iterator<Item = Day> + '_ {
        self.0.iter().copied()
    }

    /// The fewest days from one of them to the next; seven where there is one at most.
    pub fn closest(&self) -> u32 {
        let days: Vec<u32> = self.0.iter().map(|day| *day as u32).collect();
        let round = days.first().zip(days.last()).map(|(first, last)| first + 7 - last);
        days.windows(2).filter_map(|pair| Some(pair.get(1)? - pair.first()?)).chain(round).min().unwrap_or(7)
    }
}

impl<const N: usize> From<[Day; N]> for Days {
    fn from(days: [Day; N]) -> Self {
        Self(days.into())
    }
}

impl FromIterator<Day> for Days {
    fn from_iter<I: IntoIterator<Item = Day>>(days: I) -> Self {
        Self(days.into_iter().collect())
    }
}

/// `day`, `Saturday`, `Monday to Friday`, or `Monday, Wednesday and Friday`.
impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let labels: Vec<&str> = self.iter().map(Day::label).collect();
        match labels.as_slice() {
            [] => f.write_str("no day"),
            [one] => f.write_str(one),
            all if all.len() == Day::ALL.len() => f.write_str("day"),
            [first, .., last] if labels.len() > 2 && self.in_a_row() => write!(f, "{first} to {last}"),
            [most @ .., last] => write!(f, "{} and {last}", most.join(", ")),
        }
    }
}

impl Days {
    fn in_a_row(&self) -> bool {
        let (first, last) = (self.0.first().map_or(0, |day| *day as usize), self.0.last().map_or(0, |day| *day as usize));
        last - first + 1 == self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Day::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};

    #[test]
    fn days_read_as_people_say_them() {
        for (days, words, closest) in [
            (Days::from(Day::ALL), "day", 1),
            (Days::from([Saturday]), "Saturday", 7),
            (Days::from([Monday, Tuesday, Wednesday, Thursday, Friday]), "Monday to Friday", 1),
            (Days::from([Saturday, Sunday]), "Saturday and Sunday", 1),
            (Days::from([Friday, Monday, Wednesday]), "Monday, Wednesday and Friday", 2),
            (Days::from([Sunday, Monday]), "Monday and Sunday", 1),
            (Days::from([Monday, Friday]), "Monday and Friday", 3),
            (Days::default(), "no day", 7),
        ] {
            assert_eq!((days.to_string().as_str(), days.closest()), (words, closest));
        }
        for day in Day::ALL {
            assert_eq!(day.word().parse(), Ok(day));
            assert_eq!(serde_json::to_string(&day).expect("json"), format!("\"{}\"", day.word()));
        }
    }
}

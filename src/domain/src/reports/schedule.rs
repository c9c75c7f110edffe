//! When a report is made by itself, for whom, and who is told.

use serde::{Deserialize, Serialize};

use super::Kind;
use crate::{Fault, ids::ClientId, windows::Day};

/// Recipients of one schedule, at most.
pub const RECIPIENTS: usize = 50;
/// The longest address.
const ADDRESS: usize = 254;

/// A schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// What is made.
    pub kind: Kind,
    /// For whom.
    pub target: Target,
    /// How often.
    pub rhythm: Rhythm,
    /// The hour of the day, 0 to 23.
    pub hour: u8,
    /// The IANA name of its zone.
    pub zone: String,
    /// The addresses that it is sent to.
    pub recipients: Vec<String>,
}

/// Whom a schedule makes reports for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    /// One report over all clients.
    All,
    /// One report for each client.
    Each,
    /// One client's.
    Client(ClientId),
}

/// How often a schedule is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rhythm {
    /// Each week on this day, over the seven days before.
    Weekly(Day),
    /// Each month on this day, 1 to 28, over the month before.
    Monthly(u8),
}

impl Target {
    /// The word in forms and storage.
    pub fn word(self) -> String {
        match self {
            Self::All => "all".to_owned(),
            Self::Each => "each".to_owned(),
            Self::Client(id) => id.to_string(),
        }
    }
}

impl Rhythm {
    /// The word in forms and storage: `monthly-1`, `weekly-mon`.
    pub fn word(self) -> String {
        match self {
            Self::Weekly(day) => format!("weekly-{}", day.word()),
            Self::Monthly(day) => format!("monthly-{day}"),
        }
    }

    /// What its word says.
    pub fn parse(word: &str) -> Option<Self> {
        match word.split_once('-')? {
            ("weekly", day) => day.parse().ok().map(Self::Weekly),
            ("monthly", day) => day.parse().ok().filter(|day| (1..=28).contains(day)).map(Self::Monthly),
            _ => None,
        }
    }
}

impl Schedule {
    /// `Each month on day 1 at 06:00, Europe/London`.
    pub fn sentence(&self) -> String {
        match self.rhythm {
            Rhythm::Weekly(day) => format!("Each {} at {:02}:00, {}", day.label(), self.hour, self.zone),
            Rhythm::Monthly(day) => format!("Each month on day {day} at {:02}:00, {}", self.hour, self.zone),
        }
    }
}

/// What a form says of a schedule.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Typed {
    /// The kind's word.
    pub kind: String,
    /// `all`, `each` or a client's id.
    pub target: String,
    /// `monthly` or `weekly`.
    pub every: String,
    /// The day of the month.
    pub month_day: String,
    /// The day of the week.
    pub week_day: String,
    /// The hour.
    pub hour: String,
    /// The zone.
    pub zone: String,
    /// Addresses, one a line.
    pub recipients: String,
}

impl Typed {
    /// The form of `schedule`.
    pub fn of(schedule: &Schedule) -> Self {
        let (every, month_day, week_day) = match schedule.rhythm {
            Rhythm::Monthly(day) => ("monthly", day.to_string(), Day::Monday.word()),
            Rhythm::Weekly(day) => ("weekly", "1".to_owned(), day.word()),
        };
        Self {
            kind: schedule.kind.word().into(),
            target: schedule.target.word(),
            every: every.into(),
            month_day,
            week_day: week_day.into(),
            hour: schedule.hour.to_string(),
            zone: schedule.zone.clone(),
            recipients: schedule.recipients.join("\n"),
        }
    }

    /// The schedule that the form says; whether the zone is known is asked elsewhere.
    ///
    /// # Errors
    /// A fault for each field.
    pub fn parse(&self) -> Result<Schedule, Vec<Fault>> {
        let mut faults = Vec::new();
        let kind = self.kind.parse().ok().filter(|kind| Kind::OFFERED.contains(kind));
        let target = match self.target.as_str() {
            "all" => Some(Target::All),
            "each" => Some(Target::Each),
            id => id.parse().ok().map(Target::Client),
        };
        let rhythm = match self.every.as_str() {
            "monthly" => Rhythm::parse(&format!("monthly-{}", self.month_day.trim())).ok_or(("month_day", "is no day from 1 to 28")),
            "weekly" => Rhythm::parse(&format!("weekly-{}", self.week_day)).ok_or(("week_day", "is no day of the week")),
            _ => Err(("every", "is neither monthly nor weekly")),
        };
        let hour = self.hour.trim().parse().ok().filter(|hour: &u8| *hour < 24);
        let recipients = addresses(&self.recipients).map_err(|fault| faults.push(fault)).unwrap_or_default();
        for (field, wrong, message) in [
            ("kind", kind.is_none(), "is no report this portal makes"),
            ("target", target.is_none(), "is none of these"),
            ("hour", hour.is_none(), "is no hour from 0 to 23"),
        ] {
            if wrong {
                faults.push(Fault::new(field, message));
            }
        }
        if let Err((field, message)) = rhythm {
            faults.push(Fault::new(field, message));
        }
        match (kind, target, rhythm, hour) {
            (Some(kind), Some(target), Ok(rhythm), Some(hour)) if faults.is_empty() => {
                Ok(Schedule { kind, target, rhythm, hour, zone: self.zone.trim().to_owned(), recipients })
            }
            _ => Err(faults),
        }
    }
}

fn addresses(text: &str) -> Result<Vec<String>, Fault> {
    // What mail is sent to, so that one odd address does not keep a report from the others.
    let fits = |part: &str, signs: &[u8]| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || signs.contains(&byte));
    let mut found: Vec<String> = Vec::new();
    for line in text.split(['\n', ',', ';']).map(str::trim).filter(|line| !line.is_empty()) {
        let (name, host) = line.rsplit_once('@').unwrap_or_default();
        let plain = !name.is_empty() && host.contains('.') && line.len() <= ADDRESS && fits(name, b"!#$%&'*+/=?^_`{|}~.-") && fits(host, b".-");
        if !plain {
            return Err(Fault::new(
                "recipients",
                format!("\"{}\" is no e-mail address", line.chars().take(60).filter(|c| !c.is_control()).collect::<String>()),
            ));
        }
        if !found.iter().any(|known| known.eq_ignore_ascii_case(line)) {
            found.push(line.to_owned());
        }
    }
    if found.len() > RECIPIENTS { Err(Fault::new("recipients", format!("are more than {RECIPIENTS}"))) } else { Ok(found) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> Typed {
        Typed {
            kind: "alerts".into(),
            target: "each".into(),
            every: "monthly".into(),
            month_day: "1".into(),
            week_day: "mon".into(),
            hour: "6".into(),
            zone: "UTC".into(),
            recipients: "a@b.example\nA@B.example, c@d.example".into(),
        }
    }

    #[test]
    fn a_form_makes_a_schedule_and_shows_it_again() {
        let schedule = typed().parse().expect("a schedule");
        assert_eq!((schedule.rhythm, schedule.hour, schedule.recipients.len()), (Rhythm::Monthly(1), 6, 2));
        assert_eq!(Typed::of(&schedule).parse(), Ok(schedule.clone()));
        assert_eq!(Rhythm::parse(&schedule.rhythm.word()), Some(schedule.rhythm));
        assert_eq!(schedule.sentence(), "Each month on day 1 at 06:00, UTC");
    }

    #[test]
    fn each_wrong_field_is_named() {
        for (field, wrong) in [
            ("kind", Typed { kind: "billing".into(), ..typed() }),
            ("target", Typed { target: "dev_1".into(), ..typed() }),
            ("every", Typed { every: "daily".into(), ..typed() }),
            ("month_day", Typed { month_day: "29".into(), ..typed() }),
            ("week_day", Typed { every: "weekly".into(), week_day: "x".into(), ..typed() }),
            ("hour", Typed { hour: "24".into(), ..typed() }),
            ("recipients", Typed { recipients: "nobody".into(), ..typed() }),
            ("recipients", Typed { recipients: "a@b_c.example".into(), ..typed() }),
            ("recipients", Typed { recipients: "a@b.example\r\nBcc: x@y.z".into(), ..typed() }),
            ("recipients", Typed { recipients: (0..51).map(|n| format!("p{n}@b.example\n")).collect(), ..typed() }),
        ] {
            let faults = wrong.parse().expect_err(field);
            assert_eq!(faults[0].field, field);
        }
    }
}

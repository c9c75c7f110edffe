//! Rules that decide about updates before anybody looks: security at once, others after some days, never these names.

use super::{By, Class, Place, Say, Verdict, patterns::Patterns};
use crate::{Fault, Moment, ids::RuleId, time::DAY};

/// The most rules of one place.
pub const RULES: usize = 20;
/// The most days that a rule waits.
pub const DAYS: u16 = 365;

/// What a rule does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleKind {
    /// Approves security updates as soon as they are seen.
    SecurityAtOnce,
    /// Approves every update that is not known to close a security hole, once it was first seen so many days ago; defers it until then.
    OthersAfter {
        /// How many days.
        days: u16,
    },
    /// Declines packages with these names.
    Never {
        /// Which names.
        names: Patterns,
    },
}

/// A rule, as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Which it is.
    pub id: RuleId,
    /// Where it holds.
    pub place: Place,
    /// What it does.
    pub kind: RuleKind,
    /// When it was made or changed.
    pub at: Moment,
    /// How often it was changed, from 1.
    pub revision: u32,
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looked<'a> {
    /// The package.
    pub name: &'a str,
    /// How much the update matters.
    pub class: Class,
    /// When the tenant first saw it.
    pub first_seen: Moment,
}

/// A rule as somebody types it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedRule {
    /// The word of its kind.
    pub kind: String,
    /// The days, for `others-after`.
    pub days: String,
    /// The names, for `never`.
    pub names: String,
}

impl RuleKind {
    /// The words, each once.
    pub const WORDS: [&str; 3] = ["security-at-once", "others-after", "never"];

    /// The word that forms and storage use.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::SecurityAtOnce => "security-at-once",
            Self::OthersAfter { .. } => "others-after",
            Self::Never { .. } => "never",
        }
    }

    /// What it does, as words.
    pub fn words(&self) -> String {
        match self {
            Self::SecurityAtOnce => "security updates at once".into(),
            Self::OthersAfter { days: 0 } => "other updates at once".into(),
            Self::OthersAfter { days: 1 } => "other updates 1 day after they are first seen".into(),
            Self::OthersAfter { days } => format!("other updates {days} days after they are first seen"),
            Self::Never { names } => format!("never {names}"),
        }
    }

    /// The same as somebody would type it; storage keeps this too.
    pub fn typed(&self) -> TypedRule {
        let (days, names) = match self {
            Self::SecurityAtOnce => (String::new(), String::new()),
            Self::OthersAfter { days } => (days.to_string(), String::new()),
            Self::Never { names } => (String::new(), names.to_string()),
        };
        TypedRule { kind: self.word().to_owned(), days, names }
    }

    fn verdict(&self, update: Looked<'_>, now: Moment) -> Option<Verdict> {
        match self {
            Self::SecurityAtOnce => (update.class == Class::Security).then_some(Verdict::Approve),
            Self::OthersAfter { .. } if update.class == Class::Security => None,
            Self::OthersAfter { days } => {
                let from = update.first_seen + i64::from(*days) * DAY;
                Some(if now < from { Verdict::Defer(from) } else { Verdict::Approve })
            }
            Self::Never { names } => names.first_match(update.name).map(|_| Verdict::Decline),
        }
    }
}

impl Rule {
    /// What it says about `update` at `now`; `None`: nothing.
    pub fn say(&self, update: Looked<'_>, now: Moment) -> Option<Say> {
        let verdict = self.kind.verdict(update, now)?;
        let words = match &self.kind {
            RuleKind::Never { names } => format!("never {}", names.first_match(update.name).unwrap_or_default()),
            other => other.words(),
        };
        Some(Say { level: self.place.level(), verdict, by: By::Rule { rule: self.id, words }, at: self.at, expires: None })
    }
}

impl TypedRule {
    /// Checks every field; fields of other kinds are not looked at.
    ///
    /// # Errors
    /// A fault of `kind`, `days` or `names`.
    pub fn check(&self) -> Result<RuleKind, Fault> {
        match self.kind.trim() {
            "security-at-once" => Ok(RuleKind::SecurityAtOnce),
            "others-after" => {
                let days = self.days.trim().parse().ok().filter(|days| *days <= DAYS);
                days.map(|days| RuleKind::OthersAfter { days }).ok_or_else(|| Fault::new("days", format!("Type a number of days from 0 to {DAYS}.")))
            }
            "never" => Patterns::parse(&self.names).map(|names| RuleKind::Never { names }),
            _ => Err(Fault::new("kind", "Choose what the rule does.")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ids::Uuid, patching::decide};

    fn typed(kind: &str, days: &str, names: &str) -> TypedRule {
        TypedRule { kind: kind.into(), days: days.into(), names: names.into() }
    }

    fn rule(kind: &str, days: &str, names: &str) -> Rule {
        Rule { id: RuleId(Uuid::nil()), place: Place::Tenant, kind: typed(kind, days, names).check().expect(kind), at: Moment(0), revision: 1 }
    }

    #[test]
    fn each_kind_says_what_it_is_for() {
        let seen = Moment(100 * DAY);
        let (security, others, never) = (rule("security-at-once", "", ""), rule("others-after", "7", ""), rule("never", "", "nginx*"));
        for (rule, class, age, expected) in [
            (&security, Class::Security, 0, Some(Verdict::Approve)),
            (&security, Class::Other, 99, None),
            (&security, Class::Unknown, 99, None),
            (&others, Class::Security, 99, None),
            (&others, Class::Other, 6, Some(Verdict::Defer(Moment(107 * DAY)))),
            (&others, Class::Unknown, 6, Some(Verdict::Defer(Moment(107 * DAY)))),
            (&others, Class::Other, 7, Some(Verdict::Approve)),
            (&others, Class::Unknown, 8, Some(Verdict::Approve)),
            (&never, Class::Security, 0, Some(Verdict::Decline)),
        ] {
            let update = Looked { name: "nginx-core", class, first_seen: seen };
            let said = rule.say(update, seen + age * DAY).map(|say| say.verdict);
            assert_eq!(said, expected, "{} {class:?} {age}", rule.kind.word());
        }
        assert_eq!(never.say(Looked { name: "apache2", class: Class::Security, first_seen: seen }, seen), None);
    }

    #[test]
    fn never_beats_at_once_and_names_its_pattern() {
        let update = Looked { name: "nginx-core", class: Class::Security, first_seen: Moment(0) };
        let says = [rule("security-at-once", "", ""), rule("never", "", "php* nginx*")].map(|rule| rule.say(update, Moment(5)).expect("a verdict"));
        let effective = decide(&says, Moment(5));
        assert_eq!(effective.verdict(), Some(Verdict::Decline));
        assert_eq!(effective.reason().written(|_| String::new()), "Declined for all clients by the rule \u{201c}never nginx*\u{201d}.");
    }

    #[test]
    fn rules_are_typed_and_read_back() {
        for kind in [typed("security-at-once", "", ""), typed("others-after", "14", ""), typed("never", "", "a*, b")] {
            assert_eq!(kind.check().expect("a rule").typed(), kind);
        }
        for (bad, field) in [
            (typed("", "", ""), "kind"),
            (typed("always", "", ""), "kind"),
            (typed("others-after", "", ""), "days"),
            (typed("others-after", "-1", ""), "days"),
            (typed("others-after", "366", ""), "days"),
            (typed("others-after", "1.5", ""), "days"),
            (typed("never", "", "*"), "names"),
        ] {
            assert_eq!(bad.check().expect_err(field).field, field);
        }
    }
}

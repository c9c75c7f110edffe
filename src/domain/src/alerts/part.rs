//! What one level of policy says about a condition; what it leaves out is inherited.

use serde::{Deserialize, Serialize};

use super::{
    Key, Kind, Severity,
    setting::{Limits, lasting},
};
use crate::Fault;

/// The longest time a condition may have to last, in seconds: 90 days.
pub const LONGEST: u32 = 90 * 24 * 60 * 60;
/// The longest time it may have to be clear, in seconds: one day.
pub const LONGEST_CLEAR: u32 = 24 * 60 * 60;
/// The shortest silence that counts, in seconds.
pub const SHORTEST_SILENCE: u32 = 60;

/// What one level says; `None` is inherited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Whether it is watched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<bool>,
    /// How bad it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// Both limits; they are set and inherited together, so that they always fit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<Limits>,
    /// For how many seconds it must be so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_s: Option<u32>,
    /// For how many seconds it must be clear.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clear_for_s: Option<u32>,
}

/// What a form holds for one condition, as it was typed; empty is inherited.
#[derive(Debug, Clone, Copy, Default)]
pub struct Typed<'a> {
    /// `on` or `off`.
    pub on: &'a str,
    /// A severity's word.
    pub severity: &'a str,
    /// The percentage that raises.
    pub raise: &'a str,
    /// The percentage that clears; empty beside a percentage that raises: a little better than it.
    pub clear: &'a str,
    /// How long: `10 min`; a bare number is minutes.
    pub lasts: &'a str,
    /// How long it must be clear.
    pub clear_lasts: &'a str,
}

impl Part {
    /// Whether all of it is inherited.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a policy may say this about `key`: for what comes from storage or an import.
    pub fn fits(&self, key: &Key) -> bool {
        let limits = self.limits.is_none_or(|limits| key.kind().percent().is_some_and(|low| limits.fit(low)));
        limits && self.for_s.is_none_or(|s| s <= LONGEST && s >= least(key.kind())) && self.clear_for_s.is_none_or(|s| s <= LONGEST_CLEAR)
    }

    /// What `typed` says about a condition of `kind`.
    ///
    /// # Errors
    /// One fault for each field that is wrong: `on`, `severity`, `raise`, `clear`, `lasts`, `clear_lasts`.
    pub fn parse(kind: Kind, typed: &Typed<'_>) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let on = match typed.on {
            "" => None,
            "on" => Some(true),
            "off" => Some(false),
            _ => note(&mut faults, Err(Fault::new("on", "is neither on nor off"))),
        };
        let severity = match typed.severity {
            "" => None,
            word => note(&mut faults, word.parse().map_err(|()| Fault::new("severity", "is none of critical, high, medium, low and info"))),
        };
        let limits = note(&mut faults, limits(kind, typed.raise.trim(), typed.clear.trim())).flatten();
        let for_s = note(&mut faults, duration("lasts", typed.lasts, least(kind), LONGEST)).flatten();
        let clear_for_s = note(&mut faults, duration("clear_lasts", typed.clear_lasts, 0, LONGEST_CLEAR)).flatten();
        if faults.is_empty() { Ok(Self { on, severity, limits, for_s, clear_for_s }) } else { Err(faults) }
    }
}

const fn least(kind: Kind) -> u32 {
    if matches!(kind, Kind::NotSeen) { SHORTEST_SILENCE } else { 0 }
}

fn note<T>(faults: &mut Vec<Fault>, read: Result<T, Fault>) -> Option<T> {
    read.map_err(|fault| faults.push(fault)).ok()
}

fn limits(kind: Kind, raise: &str, clear: &str) -> Result<Option<Limits>, Fault> {
    let field = if raise.is_empty() { "clear" } else { "raise" };
    let Some(low_is_bad) = kind.percent() else {
        return if raise.is_empty() && clear.is_empty() { Ok(None) } else { Err(Fault::new(field, format!("means nothing for {}", kind.label()))) };
    };
    if raise.is_empty() {
        return if clear.is_empty() { Ok(None) } else { Err(Fault::new("raise", "is missing: the two limits are set together")) };
    }
    let raise = percent(raise).filter(|raise| (1..=99).contains(raise)).ok_or_else(|| Fault::new("raise", "is not a whole number from 1 to 99"))?;
    let clear = match clear {
        "" if low_is_bad => (raise + 2).min(100),
        "" => raise.saturating_sub(5),
        text => percent(text).ok_or_else(|| Fault::new("clear", "is not a whole number from 0 to 100"))?,
    };
    let limits = Limits { raise, clear };
    let side = if low_is_bad { "at least" } else { "at most" };
    if limits.fit(low_is_bad) { Ok(Some(limits)) } else { Err(Fault::new("clear", format!("must be {side} {raise}, the limit that raises"))) }
}

fn percent(text: &str) -> Option<u8> {
    text.trim_end_matches('%').trim_end().parse().ok().filter(|percent| *percent <= 100)
}

/// The seconds in `10 min`, `90 s`, `36 h`, `7 d` or, in minutes, `10`; empty is `None`.
///
/// # Errors
/// A fault of `field`.
pub fn duration(field: &str, typed: &str, least: u32, most: u32) -> Result<Option<u32>, Fault> {
    let text = typed.trim();
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let size = match unit.trim() {
        "s" | "sec" | "second" | "seconds" => Some(1),
        "" | "m" | "min" | "minute" | "minutes" => Some(60),
        "h" | "hour" | "hours" => Some(3_600),
        "d" | "day" | "days" => Some(86_400),
        _ => None,
    };
    let seconds = number.parse::<u32>().ok().zip(size).and_then(|(number, size)| number.checked_mul(size));
    match seconds {
        _ if text.is_empty() => Ok(None),
        None => Err(Fault::new(field, "is not a time, as in 90 s, 10 min, 36 h or 7 d")),
        Some(s) if s < least => Err(Fault::new(field, format!("is shorter than {}", lasting(least)))),
        Some(s) if s > most => Err(Fault::new(field, format!("is longer than {}", lasting(most)))),
        Some(s) => Ok(Some(s)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_read() {
        let typed = Typed { on: "on", severity: "high", raise: "80", clear: "", lasts: "20 min", clear_lasts: "90s" };
        let limits = Some(Limits { raise: 80, clear: 75 });
        let part = Part::parse(Kind::Cpu, &typed).expect("a part");
        assert_eq!(part, Part { on: Some(true), severity: Some(Severity::High), limits, for_s: Some(1_200), clear_for_s: Some(90) });
        assert_eq!(serde_json::from_str::<Part>(&serde_json::to_string(&part).expect("json")).expect("a part"), part);
        assert_eq!(Part::parse(Kind::Disk, &Typed { raise: "5 %", ..Typed::default() }).expect("a part").limits, Some(Limits { raise: 5, clear: 7 }));
        assert!(Part::parse(Kind::Cpu, &Typed::default()).expect("a part").is_empty());
        assert!(part.fits(&Key::general(Kind::Cpu)) && !part.fits(&Key::general(Kind::Disk)) && !part.fits(&Key::general(Kind::Reboot)));
    }

    #[test]
    fn each_wrong_field_is_named() {
        let no = Typed::default();
        for (kind, typed, field) in [
            (Kind::Cpu, Typed { on: "maybe", ..no }, "on"),
            (Kind::Cpu, Typed { severity: "urgent", ..no }, "severity"),
            (Kind::Cpu, Typed { raise: "0", ..no }, "raise"),
            (Kind::Cpu, Typed { raise: "100", ..no }, "raise"),
            (Kind::Cpu, Typed { raise: "-5", ..no }, "raise"),
            (Kind::Cpu, Typed { raise: "NaN", ..no }, "raise"),
            (Kind::Cpu, Typed { raise: "90", clear: "95", ..no }, "clear"),
            (Kind::Disk, Typed { raise: "10", clear: "9", ..no }, "clear"),
            (Kind::Disk, Typed { raise: "10", clear: "101", ..no }, "clear"),
            (Kind::Cpu, Typed { clear: "80", ..no }, "raise"),
            (Kind::Reboot, Typed { raise: "80", ..no }, "raise"),
            (Kind::Cpu, Typed { lasts: "soon", ..no }, "lasts"),
            (Kind::Cpu, Typed { lasts: "4294967296", ..no }, "lasts"),
            (Kind::Cpu, Typed { lasts: "91 d", ..no }, "lasts"),
            (Kind::NotSeen, Typed { lasts: "30 s", ..no }, "lasts"),
            (Kind::Cpu, Typed { clear_lasts: "2 d", ..no }, "clear_lasts"),
        ] {
            let faults = Part::parse(kind, &typed).expect_err(field);
            assert_eq!((faults.len(), faults[0].field.as_str()), (1, field), "{typed:?}");
        }
    }
}

//! The rules of a key that somebody wants to make.

use crate::{Fault, Refusal, devices::limits::is_plain};

/// The longest name of a key, in characters.
pub const NAME: usize = 80;
/// The longest time a key may take new devices, in days.
pub const DAYS: i64 = 3_650;
/// The most devices that one key may be limited to.
pub const MOST: i64 = 100_000;

/// What was typed, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// What people call it.
    pub name: String,
    /// Days until it takes no new devices; empty is never.
    pub days: String,
    /// How many new devices it takes; empty is no limit.
    pub most: String,
    /// Whether each device waits for approval.
    pub needs_approval: bool,
}

/// A key that may be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedKey {
    /// What people call it.
    pub name: String,
    /// Days until it takes no new devices.
    pub days: Option<i64>,
    /// How many new devices it takes.
    pub most: Option<i64>,
    /// Whether each device waits for approval.
    pub needs_approval: bool,
}

impl Typed {
    /// Checks every field.
    ///
    /// # Errors
    /// The fault of each field that breaks a rule.
    pub fn check(&self) -> Result<WantedKey, Vec<Fault>> {
        let mut faults = Vec::new();
        let name = self.name.trim().to_owned();
        if name.is_empty() {
            faults.push(Fault::new("name", "Give it a name, so that you know it again."));
        } else if name.chars().count() > NAME || !is_plain(&name) {
            faults.push(Fault::new("name", format!("Use up to {NAME} characters on one line.")));
        }
        let days = number(&self.days, DAYS, "days", &mut faults);
        let most = number(&self.most, MOST, "most", &mut faults);
        let wanted = WantedKey { name, days, most, needs_approval: self.needs_approval };
        if faults.is_empty() { Ok(wanted) } else { Err(faults) }
    }
}

/// A whole number from 1 to `largest`; nothing typed is none.
fn number(text: &str, largest: i64, field: &str, faults: &mut Vec<Fault>) -> Option<i64> {
    let text = text.trim();
    let number = text.parse().ok().filter(|number| (1..=largest).contains(number));
    if number.is_none() && !text.is_empty() {
        faults.push(Fault::new(field, format!("Use a whole number from 1 to {}, or leave it empty.", thousands(largest))));
    }
    number
}

fn thousands(number: i64) -> String {
    if number < 1_000 { number.to_string() } else { format!("{},{:03}", number / 1_000, number % 1_000) }
}

impl From<Vec<Fault>> for Refusal {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Invalid(faults)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_has_its_own_fault() {
        let typed = |name: &str, days: &str, most: &str| Typed { name: name.into(), days: days.into(), most: most.into(), needs_approval: true };
        let fields = |typed: Typed| typed.check().map_err(|faults| faults.into_iter().map(|fault| fault.field).collect::<Vec<_>>());
        let good = WantedKey { name: "Front desk".into(), days: Some(30), most: None, needs_approval: true };
        assert_eq!(fields(typed(" Front desk ", "30", "")), Ok(good));
        assert_eq!(fields(typed("", "0", "-1")), Err(vec!["name".into(), "days".into(), "most".into()]));
        assert_eq!(fields(typed(&"x".repeat(81), "3651", "100001")), Err(vec!["name".into(), "days".into(), "most".into()]));
        for bad in ["1.5", "ten", "99999999999999999999", "1e3"] {
            assert_eq!(fields(typed("a", bad, "")), Err(vec!["days".into()]), "{bad}");
        }
        assert_eq!(fields(typed("a\nb", "", "")), Err(vec!["name".into()]));
        let Err(faults) = typed("a", "", "no").check() else { panic!("taken") };
        assert!(faults[0].message.contains("100,000"));
    }
}

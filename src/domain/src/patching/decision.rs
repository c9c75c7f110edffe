//! Which of all that is said about an update holds for one device: the nearest, by hand before by rule, the more careful on a tie.

use super::{By, Level, Place, Say, Sentence, Verdict};
use crate::{Moment, ids::DecisionId};

/// A decision by hand, as stored: at most one for each update and place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Which it is.
    pub id: DecisionId,
    /// Where it holds.
    pub place: Place,
    /// What was decided.
    pub verdict: Verdict,
    /// The name of who decided.
    pub who: String,
    /// Why.
    pub note: Option<String>,
    /// When.
    pub at: Moment,
    /// When it stops to hold.
    pub expires: Option<Moment>,
    /// How often it was changed, from 1.
    pub revision: u32,
}

/// What holds for one update on one device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Effective<'a> {
    /// What holds; `None`: nothing is decided.
    pub said: Option<&'a Say>,
}

impl Decision {
    /// What it says.
    pub fn say(&self) -> Say {
        let by = By::Hand { decision: self.id, who: self.who.clone(), note: self.note.clone() };
        Say { level: self.place.level(), verdict: self.verdict, by, at: self.at, expires: self.expires }
    }
}

/// What holds at `now` of all that is said about an update at the places of one device, in any order.
///
/// The nearest level holds; there a decision by hand beats a rule; of equals the more careful one holds: decline, then the longer
/// deferral, then approve. What has expired is not said any more.
pub fn decide<'a>(says: impl IntoIterator<Item = &'a Say>, now: Moment) -> Effective<'a> {
    let said = says.into_iter().filter(|say| say.holds(now)).max_by_key(|say| (say.level, say.is_by_hand(), say.verdict.care(), say.at));
    Effective { said }
}

/// When the answer of [`decide`] may next differ by time alone.
pub fn changes_at<'a>(says: impl IntoIterator<Item = &'a Say>, now: Moment) -> Option<Moment> {
    says.into_iter().filter_map(Say::ends).filter(|end| *end > now).min()
}

impl Effective<'_> {
    /// What is to happen; `None`: nothing is decided.
    pub fn verdict(&self) -> Option<Verdict> {
        self.said.map(|say| say.verdict)
    }

    /// The level that decides.
    pub fn level(&self) -> Option<Level> {
        self.said.map(|say| say.level)
    }

    /// Who decides, at which level, when and why.
    pub fn reason(&self) -> Sentence {
        let Some(say) = self.said else { return Sentence::new("Nobody has decided about it, and no rule decides.") };
        let start = format!("{} {} ", say.verdict.label(), say.level.words());
        let head = match say.verdict {
            Verdict::Defer(until) => Sentence::new(start).text("until ").at(until).text(" "),
            Verdict::Approve | Verdict::Decline => Sentence::new(start),
        };
        let body = match &say.by {
            By::Rule { words, .. } => head.text(format!("by the rule \u{201c}{words}\u{201d}")),
            By::Hand { who, .. } => head.text(format!("by {who}, ")).at(say.at),
        };
        let body = match say.expires {
            Some(expires) => body.text("; this holds until ").at(expires),
            None => body,
        };
        match &say.by {
            By::Hand { note: Some(note), .. } => body.text(format!(": \u{201c}{note}\u{201d}.")),
            _ => body.text("."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{RuleId, Uuid};

    const NOW: Moment = Moment(1_000);

    fn hand(level: Level, verdict: Verdict) -> Say {
        let by = By::Hand { decision: DecisionId(Uuid::nil()), who: "Ann Archer".into(), note: None };
        Say { level, verdict, by, at: Moment(10), expires: None }
    }

    fn rule(level: Level, verdict: Verdict) -> Say {
        Say { by: By::Rule { rule: RuleId(Uuid::nil()), words: "security updates at once".into() }, ..hand(level, verdict) }
    }

    #[test]
    fn the_nearest_holds_then_the_hand_then_care() {
        use Level::{Client, Device, Site, Tenant};
        use Verdict::{Approve, Decline};
        let (soon, late) = (Verdict::Defer(Moment(2_000)), Verdict::Defer(Moment(3_000)));
        for (says, holds) in [
            (vec![], None),
            (vec![hand(Tenant, Decline), hand(Client, Approve)], Some((Client, Approve))),
            (vec![hand(Device, Approve), hand(Site, Decline), hand(Tenant, Decline)], Some((Device, Approve))),
            (vec![hand(Tenant, Approve), rule(Site, Decline)], Some((Site, Decline))),
            (vec![hand(Tenant, Approve), rule(Tenant, Decline)], Some((Tenant, Approve))),
            (vec![hand(Client, Approve), hand(Client, Decline)], Some((Client, Decline))),
            (vec![hand(Client, Decline), hand(Client, Approve)], Some((Client, Decline))),
            (vec![rule(Client, Decline), rule(Client, Approve)], Some((Client, Decline))),
            (vec![rule(Client, Approve), rule(Client, soon)], Some((Client, soon))),
            (vec![rule(Client, late), rule(Client, soon)], Some((Client, late))),
            (vec![rule(Client, late), rule(Client, Decline)], Some((Client, Decline))),
            (vec![hand(Device, Verdict::Defer(NOW)), rule(Tenant, Approve)], Some((Tenant, Approve))),
            (vec![Say { expires: Some(NOW), ..hand(Device, Decline) }, rule(Tenant, Approve)], Some((Tenant, Approve))),
            (vec![Say { expires: Some(NOW), ..hand(Device, Decline) }], None),
        ] {
            let effective = decide(&says, NOW);
            assert_eq!(effective.level().zip(effective.verdict()), holds, "{says:?}");
        }
    }

    #[test]
    fn every_pair_of_levels_and_verdicts_agrees_with_the_rule() {
        let verdicts = [Verdict::Approve, Verdict::Defer(Moment(2_000)), Verdict::Decline];
        let all: Vec<Say> = Level::ALL.iter().flat_map(|level| verdicts.map(|verdict| [hand(*level, verdict), rule(*level, verdict)])).flatten().collect();
        for a in &all {
            for b in &all {
                let held = decide([a, b], NOW);
                assert_eq!(held.verdict(), decide([b, a], NOW).verdict(), "the order says nothing");
                let (nearer, level) = (a.level > b.level, a.level == b.level);
                if nearer || (level && a.is_by_hand() && !b.is_by_hand()) {
                    assert_eq!(held.said, Some(a));
                } else if level && a.is_by_hand() == b.is_by_hand() && a.verdict == Verdict::Decline {
                    assert_eq!(held.verdict(), Some(Verdict::Decline));
                }
            }
        }
    }

    #[test]
    fn the_reason_names_level_and_author() {
        let written = |say: &Say| Effective { said: Some(say) }.reason().written(|at| format!("<{}>", at.0));
        let by = By::Hand { decision: DecisionId(Uuid::nil()), who: "Ann Archer".into(), note: Some("breaks the till".into()) };
        let say = Say { by, expires: Some(Moment(9)), ..hand(Level::Client, Verdict::Decline) };
        assert_eq!(written(&say), "Declined for this client by Ann Archer, <10>; this holds until <9>: \u{201c}breaks the till\u{201d}.");
        let say = rule(Level::Tenant, Verdict::Defer(Moment(7)));
        assert_eq!(written(&say), "Deferred for all clients until <7> by the rule \u{201c}security updates at once\u{201d}.");
        assert_eq!(Effective::default().reason().written(|_| String::new()), "Nobody has decided about it, and no rule decides.");
    }

    #[test]
    fn the_next_change_is_the_first_end_to_come() {
        let says = [hand(Level::Tenant, Verdict::Defer(Moment(1_500))), Say { expires: Some(Moment(1_200)), ..rule(Level::Client, Verdict::Approve) }];
        assert_eq!(changes_at(&says, NOW), Some(Moment(1_200)));
        assert_eq!(changes_at(&says, Moment(1_200)), Some(Moment(1_500)));
        assert_eq!(changes_at(&says, Moment(1_500)), None);
    }
}

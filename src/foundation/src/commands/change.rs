//! What may change about a command, and the columns that say so.

use domain::{Moment, commands::State};
use sea_orm::prelude::Expr;

use super::rows::command::Column;

/// What changes about a command; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CommandChange {
    /// Where it is now.
    pub state: Option<State>,
    /// Why it ended so.
    pub reason: Option<String>,
    /// When its device took it.
    pub fetched_at: Option<Moment>,
    /// When its device began.
    pub started_at: Option<Moment>,
    /// When it ended.
    pub ended_at: Option<Moment>,
    /// The number of the last thing its device said.
    pub told: Option<u32>,
    /// How far it is, in a line.
    pub progress: Option<String>,
    /// The exit code of what was run.
    pub exit_code: Option<i32>,
    /// The end of what was printed, and whether there was more.
    pub output: Option<(String, bool)>,
    /// What became of each package, as JSON.
    pub outcome: Option<String>,
}

impl CommandChange {
    /// It ends at `now` in `state`, because of `reason`.
    pub fn end(state: State, reason: impl Into<String>, now: Moment) -> Self {
        Self { state: Some(state), reason: Some(reason.into()), ended_at: Some(now), ..Self::default() }
    }

    pub(super) fn values(self) -> Vec<(Column, Expr)> {
        let instant = |column, at: Option<Moment>| at.map(|at| (column, Expr::value(at.0)));
        let text = |column, text: Option<String>| text.map(|text| (column, Expr::value(text)));
        let (output, cut) = self.output.unzip();
        [
            self.state.map(|state| (Column::State, Expr::value(state.word()))),
            text(Column::Reason, self.reason),
            instant(Column::FetchedAt, self.fetched_at),
            instant(Column::StartedAt, self.started_at),
            instant(Column::EndedAt, self.ended_at),
            self.told.map(|number| (Column::Told, Expr::value(i64::from(number)))),
            text(Column::Progress, self.progress),
            self.exit_code.map(|code| (Column::ExitCode, Expr::value(code))),
            text(Column::Output, output),
            cut.map(|cut| (Column::OutputCut, Expr::value(cut))),
            text(Column::Outcome, self.outcome),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

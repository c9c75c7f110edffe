//! Of two devices that become one, the runs know the one that stays.

use std::collections::HashSet;

use domain::{Moment, ids::RunId};
use sea_orm::{
    ColumnTrait, Set,
    prelude::{Expr, Uuid},
};

use super::rows::{turn, want};
use crate::{Failure, Writing, tenancy::SeenDevice};

impl Writing {
    /// The turns of `other` become those of `kept`, which has its agent and its commands from now on. In a run that has both, the turn of
    /// `kept` stays and the other one is gone with its device.
    pub(crate) async fn move_turns(&self, kept: &SeenDevice, other: &SeenDevice, now: Moment) -> Result<(), Failure> {
        let there: HashSet<Uuid> = self.find_of::<turn::Entity>(kept).all().await?.into_iter().map(|row| row.run_id).collect();
        for row in self.find_of::<turn::Entity>(other).all().await? {
            let run = row.run_id;
            if row.turn().is_some_and(|turn| !turn.state.is_over()) {
                self.go_on(RunId(run), now).await?;
            }
            if there.contains(&run) {
                continue;
            }
            let copy = turn::ActiveModel { device_id: Set(kept.row.id), ..row.into() };
            self.insert(copy).await?;
            self.update_of::<want::Entity>(other, want::Column::RunId.eq(run), [(want::Column::DeviceId, Expr::value(kept.row.id))]).await?;
        }
        Ok(())
    }
}

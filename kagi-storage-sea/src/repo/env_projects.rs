//! Env projects.

use async_trait::async_trait;
use kagi_domain::{
    access::Owner,
    ids::EnvProjectId,
    model::{Revision, env_project::EnvProject},
    ports::{EnvProjectRepository, StorageError},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::NotSet, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::Expr,
};

use super::{env_reach, met};
use crate::{
    convert,
    row::env_project::{Column, Entity},
    unit::SeaUnit,
};

#[async_trait]
impl EnvProjectRepository for SeaUnit {
    async fn find(&mut self, owner: &Owner, id: EnvProjectId) -> Result<Option<EnvProject>, StorageError> {
        let query = Entity::find().filter(near(owner, id));
        let row = self.run(async |unit| query.one(unit).await).await?;
        row.as_ref().map(convert::env_project).transpose()
    }

    async fn insert(&mut self, owner: &Owner, project: &EnvProject) -> Result<(), StorageError> {
        may_be_named_so(owner, project)?;
        let row = convert::env_project_row(owner, project).into_active_model();
        self.run(async |unit| Entity::insert(row).exec_without_returning(unit).await).await?;
        Ok(())
    }

    async fn update(
        &mut self,
        owner: &Owner,
        project: &EnvProject,
        seen: Revision,
    ) -> Result<(), StorageError> {
        may_be_named_so(owner, project)?;
        let mut row = convert::env_project_row(owner, project).into_active_model().reset_all();
        (row.id, row.user_id, row.created_at) = (NotSet, NotSet, NotSet);
        let at = near(owner, project.id).add(Column::Revision.eq(seen.0));
        let change = Entity::update_many().set(row).filter(at);
        met(self.run(async |unit| change.exec(unit).await).await?.rows_affected)
    }

    async fn remove(&mut self, owner: &Owner, id: EnvProjectId) -> Result<bool, StorageError> {
        // Files and versions go with it by their foreign keys.
        let removal = Entity::delete_many().filter(near(owner, id));
        Ok(self.run(async |unit| removal.exec(unit).await).await?.rows_affected > 0)
    }
}

impl SeaUnit {
    /// Takes the lock of a project within reach until the unit ends; `Conflict` when there is none.
    pub(super) async fn hold_env_project(&self, owner: &Owner, id: EnvProjectId) -> Result<(), StorageError> {
        let lock = Entity::update_many()
            .col_expr(Column::Revision, Expr::col(Column::Revision))
            .filter(near(owner, id));
        met(self.run(async |unit| lock.exec(unit).await).await?.rows_affected)
    }
}

fn near(owner: &Owner, id: EnvProjectId) -> Condition {
    env_reach(owner).add(Column::Id.eq(id.as_uuid()))
}

fn may_be_named_so(owner: &Owner, project: &EnvProject) -> Result<(), StorageError> {
    if owner.projects().allows(&project.name) { Ok(()) } else { Err(StorageError::Conflict) }
}

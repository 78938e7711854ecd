//! Who may: extractors that stand before the body, so that who may not is told so first.

use std::{marker::PhantomData, ops::Deref};

use kagi_domain::{
    Kagi,
    access::{Actor, Scope},
};
use poem::{FromRequest, Request, RequestBody};

use crate::{actor, context::Context, problem::Problem};

/// A scope, as a type.
pub(crate) trait Permission: Send + Sync {
    const SCOPE: Scope;
}

macro_rules! permissions {
    ($($name:ident),+) => {$(
        pub(crate) struct $name;

        impl Permission for $name {
            const SCOPE: Scope = Scope::$name;
        }
    )+};
}

permissions!(CategoriesRead, CategoriesWrite, EntriesRead, EntriesWrite, EntriesReveal);

/// Somebody with a credential.
pub(crate) struct Caller {
    context: Context,
    pub(crate) actor: Actor,
}

impl Caller {
    async fn of(request: &Request) -> Result<Self, Problem> {
        let context = Context::of(request)?.clone();
        Ok(Self { actor: actor::actor(request).await?, context })
    }

    pub(crate) fn kagi(&self) -> &Kagi {
        self.context.kagi()
    }

    pub(crate) const fn context(&self) -> &Context {
        &self.context
    }
}

/// Somebody who holds a scope.
pub(crate) struct May<P>(Caller, PhantomData<P>);

/// A person in a session; never an access key.
pub(crate) struct InSession(Caller);

/// A person who gave their password in the last minutes.
pub(crate) struct Fresh(Caller);

impl<'a, P: Permission> FromRequest<'a> for May<P> {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        let caller = Caller::of(request).await?;
        caller.kagi().authorize(&caller.actor, P::SCOPE).await.map_err(Problem::from)?;
        Ok(Self(caller, PhantomData))
    }
}

impl<'a> FromRequest<'a> for InSession {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        let caller = Caller::of(request).await?;
        caller.kagi().authorize_session(&caller.actor).await.map_err(Problem::from)?;
        Ok(Self(caller))
    }
}

impl<'a> FromRequest<'a> for Fresh {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        let caller = Caller::of(request).await?;
        caller.kagi().authorize_fresh(&caller.actor).await.map_err(Problem::from)?;
        Ok(Self(caller))
    }
}

impl<P> Deref for May<P> {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.0
    }
}

impl Deref for InSession {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.0
    }
}

impl Deref for Fresh {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.0
    }
}

//! Who may: extractors that stand before the body, so that who may not is told so first.

use std::{marker::PhantomData, ops::Deref};

use kagi_domain::{
    Kagi,
    access::{Actor, Denied, Owner, Scope},
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

    /// Goes on if it holds. A refusal is written to the trail in a task of its own, as everything
    /// that writes: a client who hangs up at that moment must not cancel it half-way.
    async fn prove(self, proof: Proof) -> Result<Self, Problem> {
        if !proof.surely_holds(&self.actor) {
            let (kagi, actor) = (self.kagi().clone(), self.actor.clone());
            let settled = self.context.site().tasks.spawn(async move { proof.settle(&kagi, &actor).await });
            settled.await.map_err(|_| Problem::internal())??;
        }
        Ok(self)
    }

    pub(crate) fn kagi(&self) -> &Kagi {
        self.context.kagi()
    }

    pub(crate) const fn context(&self) -> &Context {
        &self.context
    }
}

/// What an operation asks of its caller.
#[derive(Debug, Clone, Copy)]
enum Proof {
    Scope(Scope),
    Session,
    Fresh,
}

impl Proof {
    /// Whether it holds whatever the time is.
    fn surely_holds(self, actor: &Actor) -> bool {
        match self {
            Self::Scope(scope) => actor.authorize(scope).is_ok(),
            Self::Session => actor.authorize_session().is_ok(),
            Self::Fresh => false,
        }
    }

    async fn settle(self, kagi: &Kagi, actor: &Actor) -> Result<Owner, Denied> {
        match self {
            Self::Scope(scope) => kagi.authorize(actor, scope).await,
            Self::Session => kagi.authorize_session(actor).await,
            Self::Fresh => kagi.authorize_fresh(actor).await,
        }
    }
}

/// Somebody who holds a scope.
pub(crate) struct May<P>(Caller, PhantomData<P>);

/// A person in a session; never an access key.
pub(crate) struct InSession(Caller);

/// A person who gave their password in the last minutes.
pub(crate) struct Fresh(Caller);

impl<'a> FromRequest<'a> for Caller {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        Ok(Self::of(request).await?)
    }
}

impl<'a, P: Permission> FromRequest<'a> for May<P> {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        let caller = Caller::of(request).await?.prove(Proof::Scope(P::SCOPE)).await?;
        Ok(Self(caller, PhantomData))
    }
}

impl<'a> FromRequest<'a> for InSession {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        Ok(Self(Caller::of(request).await?.prove(Proof::Session).await?))
    }
}

impl<'a> FromRequest<'a> for Fresh {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        Ok(Self(Caller::of(request).await?.prove(Proof::Fresh).await?))
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

//! Who may: extractors that stand before the body, so that who may not is told so first.

use std::{marker::PhantomData, ops::Deref};

use kagi_domain::{
    Kagi,
    access::{Actor, Denied, Owner, Scope},
    services::sign_in::Visitor,
};
use poem::{Request, RequestBody};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};

use crate::{
    actor,
    context::Context,
    openapi::{ANY, FRESH, PUBLIC, SESSION},
    problem::Problem,
};

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

permissions!(
    CategoriesRead,
    CategoriesWrite,
    EntriesRead,
    EntriesWrite,
    EntriesReveal,
    TwoFactorRead,
    TwoFactorWrite,
    TwoFactorReveal,
    EnvsRead,
    EnvsWrite,
    EnvsReveal,
    StatsRead,
    ExportRead,
    AuditRead,
    AiExtract
);

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

/// Says that a scope is needed too, in most cases: the service decides when, and proves it then.
pub(crate) struct Mentioned<P>(PhantomData<P>);

/// A person in a session; never an access key.
pub(crate) struct InSession(Caller);

/// A person who gave their password in the last minutes.
pub(crate) struct Fresh(Caller);

/// The person in a browser, or nobody. Anybody may ask.
pub(crate) struct Guest(pub(crate) Option<Visitor>);

/// Anybody at all: who asks plays no part.
pub(crate) struct Public(Context);

/// A caller that is proved before the body is read, and that the OpenAPI document tells of: what an
/// operation demands cannot be enforced without being described.
trait Proven: Sized {
    /// What is demanded, as [`crate::openapi`] reads it.
    const DEMAND: &'static str;

    async fn prove(request: &Request) -> Result<Self, Problem>;
}

impl Proven for Caller {
    const DEMAND: &'static str = ANY;

    async fn prove(request: &Request) -> Result<Self, Problem> {
        Self::of(request).await
    }
}

impl<P: Permission> Proven for May<P> {
    const DEMAND: &'static str = P::SCOPE.as_str();

    async fn prove(request: &Request) -> Result<Self, Problem> {
        let caller = Caller::of(request).await?.prove(Proof::Scope(P::SCOPE)).await?;
        Ok(Self(caller, PhantomData))
    }
}

impl<P: Permission> Proven for Mentioned<P> {
    const DEMAND: &'static str = P::SCOPE.as_str();

    async fn prove(_: &Request) -> Result<Self, Problem> {
        Ok(Self(PhantomData))
    }
}

impl Proven for InSession {
    const DEMAND: &'static str = SESSION;

    async fn prove(request: &Request) -> Result<Self, Problem> {
        Ok(Self(Caller::of(request).await?.prove(Proof::Session).await?))
    }
}

impl Proven for Fresh {
    const DEMAND: &'static str = FRESH;

    async fn prove(request: &Request) -> Result<Self, Problem> {
        Ok(Self(Caller::of(request).await?.prove(Proof::Fresh).await?))
    }
}

impl Proven for Guest {
    const DEMAND: &'static str = PUBLIC;

    async fn prove(request: &Request) -> Result<Self, Problem> {
        Ok(Self(actor::visitor(request).await?))
    }
}

impl Proven for Public {
    const DEMAND: &'static str = PUBLIC;

    async fn prove(request: &Request) -> Result<Self, Problem> {
        Ok(Self(Context::of(request)?.clone()))
    }
}

macro_rules! extracted {
    ($($caller:ident $(<$p:ident>)?),+) => {$(
        impl<'a, $($p: Permission)?> ApiExtractor<'a> for $caller $(<$p>)? {
            const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];

            type ParamType = ();
            type ParamRawType = ();

            fn security_schemes() -> Vec<&'static str> {
                vec![<Self as Proven>::DEMAND]
            }

            async fn from_request(
                request: &'a Request,
                _: &mut RequestBody,
                _: ExtractParamOptions<()>,
            ) -> poem::Result<Self> {
                Ok(<Self as Proven>::prove(request).await?)
            }
        }
    )+};
}

extracted!(Caller, May<P>, Mentioned<P>, InSession, Fresh, Guest, Public);

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

impl Deref for Public {
    type Target = Context;

    fn deref(&self) -> &Context {
        &self.0
    }
}

//! Who looks at a page, and the ways to answer them.

use flate2::Compression;
use kagi_domain::{Kagi, access::Actor, services::sign_in::Visitor, time::Timestamp};
use maud::Markup;
use poem::{
    Endpoint, FromRequest, IntoResponse, Request, RequestBody, Response,
    http::{HeaderValue, Method, StatusCode, header},
};

use crate::{
    actor,
    context::Context,
    cookie,
    problem::{Code, Problem},
    web::{
        asset::{pack, takes_gzip},
        ended::Unread,
        part::{Crumb, Flash, Form, Nav, Shell, flash, next},
    },
};

/// The ways to answer.
#[derive(Debug)]
pub(crate) struct Reply {
    context: Context,
    flash: Option<Flash>,
    gzip: bool,
}

/// How hard pages are packed, in deflate's levels: the largest page is a tenth smaller than by the fastest
/// level, for a fraction of a millisecond.
const PACKING: Compression = Compression::new(4);

impl Reply {
    fn of(request: &Request) -> Result<Self, Problem> {
        let context = Context::of(request)?.clone();
        Ok(Self { context, flash: flash::read(request), gzip: takes_gzip(request) })
    }

    /// The vault.
    pub(crate) fn kagi(&self) -> &Kagi {
        self.context.kagi()
    }

    /// What every handler has at hand.
    pub(crate) const fn context(&self) -> &Context {
        &self.context
    }

    /// What just happened.
    pub(crate) const fn flash(&self) -> Option<Flash> {
        self.flash
    }

    /// A page.
    pub(crate) fn page(&self, page: Markup) -> Response {
        let plain = page.into_string().into_bytes();
        let mut response = if self.gzip {
            let mut response = html(pack(&plain, PACKING));
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            response
        } else {
            html(plain)
        };
        if self.flash.is_some() {
            flash::clear(self.context.site(), &mut response);
        }
        response
    }

    /// A page that holds plaintext. It is not packed: a packed length tells of what is in it.
    pub(crate) fn disclosure(page: Markup) -> Response {
        html(page.into_string().into_bytes())
    }

    /// A form that was refused, with what was typed.
    pub(crate) fn again(form: &Form, page: Markup) -> Response {
        let mut response = Self::disclosure(page);
        if let Some(problem) = form.problem() {
            problem.set_headers(&mut response);
        }
        response.set_status(form.status());
        response
    }

    /// A list whose search was refused.
    pub(crate) fn unsearched(page: Markup) -> Response {
        let mut response = Self::disclosure(page);
        response.set_status(StatusCode::UNPROCESSABLE_ENTITY);
        response
    }

    /// On to another page.
    pub(crate) fn to(path: &str) -> Response {
        Response::builder().status(StatusCode::SEE_OTHER).header(header::LOCATION, path).finish()
    }

    /// On to another page, which says what happened.
    pub(crate) fn say(&self, flash: Flash, path: &str) -> Response {
        let mut response = Self::to(path);
        flash::leave(self.context.site(), &mut response, flash);
        response
    }
}

fn html(body: Vec<u8>) -> Response {
    Response::builder().content_type("text/html; charset=utf-8").body(body)
}

/// Anybody: signed in or not.
#[derive(Debug)]
pub(crate) struct Anyone {
    /// How to answer them.
    pub(crate) reply: Reply,
    /// Who they are, if they are signed in.
    pub(crate) visitor: Option<Visitor>,
}

impl<'a> FromRequest<'a> for Anyone {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        let (reply, visitor) = (Reply::of(request)?, actor::visitor(request).await?);
        Ok(Self { reply, visitor })
    }
}

/// A signed-in person; anybody else is sent to sign in by [`Page`].
#[derive(Debug)]
pub(crate) struct Member {
    /// How to answer them.
    pub(crate) reply: Reply,
    visitor: Visitor,
}

impl<'a> FromRequest<'a> for Member {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        let (reply, visitor) = (Reply::of(request)?, actor::visitor(request).await?);
        Ok(Self { reply, visitor: visitor.ok_or_else(Problem::auth_required)? })
    }
}

impl Member {
    /// What they act as.
    pub(crate) const fn actor(&self) -> &Actor {
        &self.visitor.actor
    }

    /// The vault.
    pub(crate) fn kagi(&self) -> &Kagi {
        self.reply.kagi()
    }

    /// The address that they sign in with.
    pub(crate) fn email(&self) -> &str {
        self.visitor.user.email.as_str()
    }

    /// The time by which the page speaks.
    pub(crate) fn now(&self) -> Timestamp {
        self.kagi().now()
    }

    /// The frame of a page of theirs.
    pub(crate) fn shell(&self, nav: Nav, title: &str) -> Shell {
        let who = self.visitor.user.display_name().to_owned();
        Shell { title: title.to_owned(), nav, who, flash: self.reply.flash, undo: None, crumbs: Vec::new() }
    }

    /// A page of theirs in the section of keys.
    pub(crate) fn keys(&self, title: &str, crumbs: Vec<Crumb>) -> Shell {
        Shell { crumbs, ..self.shell(Nav::Keys, title) }
    }
}

/// A page: whoever has to sign in first is led there and back; a form that they sent is given back to them.
pub(crate) struct Page<E>(pub(crate) E);

impl<E: Endpoint> Endpoint for Page<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        let context = Context::of(&request)?.clone();
        let ended = cookie::session_token(context.site(), &request).is_some();
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        // A form's search is lost with its POST; its page has the same path.
        let path = if request.method() == Method::GET { path } else { request.uri().path() }.to_owned();
        let unread = Unread::of(&mut request);
        match self.0.call(request).await {
            Err(error) if Problem::from_framework(&error).code == Code::AuthRequired => {
                Ok(lead_in(&context, &path, ended, unread).await?)
            }
            other => other.map(IntoResponse::into_response),
        }
    }
}

async fn lead_in(
    context: &Context,
    path: &str,
    ended: bool,
    unread: Option<Unread>,
) -> Result<Response, Problem> {
    if context.kagi().sign_in().needs_set_up().await? {
        return Ok(Reply::to("/setup"));
    }
    if let Some(unread) = unread
        && let Some(form) = unread.given_back(context, path).await?
    {
        return Ok(form);
    }
    let door = next::sign_in(path);
    let mark = if door.contains('?') { "&ended=1" } else { "?ended=1" };
    Ok(Reply::to(&format!("{door}{}", if ended { mark } else { "" })))
}

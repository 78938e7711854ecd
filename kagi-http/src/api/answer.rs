//! What the API answers: `{"data": …}` with its status.

use kagi_domain::paging::Page;
use poem::{
    Body, IntoResponse, Response,
    http::{HeaderValue, StatusCode, header::SET_COOKIE},
};
use poem_openapi::{
    ApiResponse,
    registry::{MetaHeader, MetaMediaType, MetaResponse, MetaResponses, MetaSchema, MetaSchemaRef, Registry},
    types::Type,
};
use serde::Serialize;
use tokio_util::bytes::Bytes;
use zeroize::Zeroizing;

use crate::{problem::Problem, schema::property};

/// What a handler gives.
pub(crate) type Answer<T> = Result<T, Problem>;

/// Something that can be shown.
pub(crate) trait View: Serialize + Type {
    /// How many bytes to write it into. What holds a secret gives an upper bound: its buffer never
    /// has to move then, so that no copy is left behind.
    fn room(&self) -> usize {
        512
    }
}

impl<T: View> View for Option<T> {}

impl View for Vec<String> {}

/// 200, one thing.
pub(crate) struct Shown<T>(pub(crate) T);

/// 201, the thing that was made.
pub(crate) struct Made<T>(pub(crate) T);

/// 201 when it is new, 200 when it was there.
pub(crate) struct Saved<T> {
    pub(crate) created: bool,
    pub(crate) view: T,
}

/// 200, a page of things.
pub(crate) struct Listed<T> {
    pub(crate) items: Vec<T>,
    pub(crate) next: Option<String>,
    pub(crate) damaged: usize,
}

impl<T, V: From<T>> From<Page<T>> for Listed<V> {
    fn from(page: Page<T>) -> Self {
        Self {
            items: page.items.into_iter().map(V::from).collect(),
            next: page.next.map(|cursor| cursor.encode()),
            damaged: page.damaged,
        }
    }
}

/// 204: it is done, and there is nothing to say.
pub(crate) struct Done;

/// An answer that sets the session's cookie.
pub(crate) struct WithCookie<A>(pub(crate) A, pub(crate) HeaderValue);

#[derive(Serialize)]
struct Data<T> {
    data: T,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct List<T> {
    data: Vec<T>,
    next_cursor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    damaged: Option<usize>,
}

impl<T: View> IntoResponse for Shown<T> {
    fn into_response(self) -> Response {
        let room = self.0.room();
        json(StatusCode::OK, &Data { data: self.0 }, room)
    }
}

impl<T: View> IntoResponse for Made<T> {
    fn into_response(self) -> Response {
        let room = self.0.room();
        json(StatusCode::CREATED, &Data { data: self.0 }, room)
    }
}

impl<T: View> IntoResponse for Saved<T> {
    fn into_response(self) -> Response {
        if self.created { Made(self.view).into_response() } else { Shown(self.view).into_response() }
    }
}

impl<T: Serialize + Send> IntoResponse for Listed<T> {
    fn into_response(self) -> Response {
        let room = 512 * (self.items.len() + 1);
        let damaged = Some(self.damaged).filter(|rows| *rows > 0);
        json(StatusCode::OK, &List { data: self.items, next_cursor: self.next, damaged }, room)
    }
}

impl IntoResponse for Done {
    fn into_response(self) -> Response {
        Response::builder().status(StatusCode::NO_CONTENT).finish()
    }
}

impl<A: IntoResponse> IntoResponse for WithCookie<A> {
    fn into_response(self) -> Response {
        let mut response = self.0.into_response();
        response.headers_mut().insert(SET_COOKIE, self.1);
        response
    }
}

fn json(status: StatusCode, view: &impl Serialize, room: usize) -> Response {
    let mut body = Zeroizing::new(Vec::with_capacity(room));
    if serde_json::to_writer(&mut *body, view).is_err() {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let body = Body::from_bytes(Bytes::from_owner(body));
    Response::builder().status(status).content_type("application/json").body(body)
}

impl<T: View> ApiResponse for Shown<T> {
    fn meta() -> MetaResponses {
        meta(200, Some(data::<T>()))
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

impl<T: View> ApiResponse for Made<T> {
    fn meta() -> MetaResponses {
        meta(201, Some(data::<T>()))
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

impl<T: View> ApiResponse for Saved<T> {
    fn meta() -> MetaResponses {
        let mut both = Shown::<T>::meta();
        both.responses.extend(Made::<T>::meta().responses);
        both
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

const DAMAGED: &str =
    "How many rows of this page are damaged in the database and left out; absent when there are none.";

impl<T: Type> ApiResponse for Listed<T> {
    fn meta() -> MetaResponses {
        let data = property::<Vec<T>>("The page.");
        let cursor = property::<Option<String>>("Where the next page begins; `null` on the last.");
        let damaged = property::<u64>(DAMAGED);
        let mut list = MetaSchema::new("object");
        list.required = vec!["data", "nextCursor"];
        list.properties = vec![("data", data), ("nextCursor", cursor), ("damaged", damaged)];
        meta(200, Some(MetaSchemaRef::Inline(Box::new(list))))
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

impl ApiResponse for Done {
    fn meta() -> MetaResponses {
        meta(204, None)
    }

    fn register(_: &mut Registry) {}
}

impl<A: ApiResponse> ApiResponse for WithCookie<A> {
    fn meta() -> MetaResponses {
        let mut meta = A::meta();
        for response in &mut meta.responses {
            response.headers.push(MetaHeader {
                name: SET_COOKIE.to_string(),
                description: Some("The session's cookie: `HttpOnly`, `SameSite=Lax`.".to_owned()),
                required: true,
                deprecated: false,
                schema: String::schema_ref(),
            });
        }
        meta
    }

    fn register(registry: &mut Registry) {
        A::register(registry);
    }
}

impl ApiResponse for Problem {
    /// Nothing: which errors an operation has is worked out by [`crate::openapi`].
    fn meta() -> MetaResponses {
        MetaResponses { responses: Vec::new() }
    }

    fn register(_: &mut Registry) {}
}

fn meta(status: u16, schema: Option<MetaSchemaRef>) -> MetaResponses {
    answer(status, schema.map(|schema| ("application/json", schema)))
}

/// 200, something that is not wrapped in `data`.
pub(super) fn media(content_type: &'static str, schema: MetaSchema) -> MetaResponses {
    answer(200, Some((content_type, MetaSchemaRef::Inline(Box::new(schema)))))
}

fn answer(status: u16, content: Option<(&'static str, MetaSchemaRef)>) -> MetaResponses {
    let content = content.map(|(content_type, schema)| MetaMediaType { content_type, schema });
    let content = content.into_iter().collect();
    let response = MetaResponse {
        description: "",
        status: Some(status),
        status_range: None,
        content,
        headers: Vec::new(),
    };
    MetaResponses { responses: vec![response] }
}

pub(super) fn data<T: View>() -> MetaSchemaRef {
    object(vec![("data", property::<T>("What was asked for."))])
}

fn object(properties: Vec<(&'static str, MetaSchemaRef)>) -> MetaSchemaRef {
    let required = properties.iter().map(|(name, _)| *name).collect();
    MetaSchemaRef::Inline(Box::new(MetaSchema { properties, required, ..MetaSchema::new("object") }))
}

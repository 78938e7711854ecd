//! An export as a stream of JSON, as much of it in memory as is read at a time.

use std::io;

use futures_util::{Stream, stream};
use kagi_domain::{
    ids::RequestId,
    ports::StorageError,
    services::export::{Export, Piece},
};
use poem::{Body, IntoResponse, Response, http::header::CONTENT_DISPOSITION};
use poem_openapi::{
    ApiResponse,
    registry::{MetaMediaType, MetaResponse, MetaResponses, MetaSchema, MetaSchemaRef, Registry},
    types::Type,
};
use serde::Serialize;

use super::view::{CategoryView, EnvProjectDetailView, ExportHeadView, ExportedEntryView, RecoverySetView};
use crate::{context::Context, schema::property};

/// A file on its way. Its first rows were read, so that a database that is not available is an
/// answer of its own and not a torn file.
pub(crate) struct Attachment {
    export: Export,
    text: Text,
    request_id: RequestId,
}

impl Attachment {
    /// Reads the first rows.
    pub(crate) async fn begin(mut export: Export, context: &Context) -> Result<Self, StorageError> {
        let version = context.site().version.clone();
        let head = ExportHeadView::new(export.began.to_string(), version, &export.user);
        let pieces = export.next().await?;
        let mut text = Text::begin(&head);
        text.add(pieces);
        Ok(Self { export, text, request_id: context.origin().request_id })
    }

    /// A failure ends the stream with an error, for which the connection is cut: nobody takes half of
    /// a vault for the whole.
    fn stream(self) -> impl Stream<Item = io::Result<Vec<u8>>> {
        stream::try_unfold(self, async |mut file| {
            let chunk = file.text.take();
            if file.text.place == Place::End {
                return Ok((!chunk.is_empty()).then_some((chunk, file)));
            }
            match file.export.next().await {
                Ok(pieces) => file.text.add(pieces),
                Err(error) => {
                    tracing::warn!(request_id = %file.request_id, "an export ended early");
                    return Err(io::Error::other(error));
                }
            }
            Ok(Some((chunk, file)))
        })
    }
}

impl IntoResponse for Attachment {
    fn into_response(self) -> Response {
        let began = self.export.began.to_string();
        let date = began.get(..10).unwrap_or_default();
        Response::builder()
            .content_type("application/json")
            .header(CONTENT_DISPOSITION, format!("attachment; filename=\"kagi-export-{date}.json\""))
            .body(Body::from_bytes_stream(self.stream()))
    }
}

/// The text that is written and not sent yet, and where in the document it ends.
struct Text {
    buffer: Vec<u8>,
    place: Place,
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// Before the first category.
    Categories,
    /// Before a category's first entry.
    Entries,
    /// After an entry.
    Entry,
    /// Among recovery sets, or before the first.
    RecoverySets,
    /// Among env projects, or before the first.
    EnvProjects,
    /// After all.
    End,
}

impl Text {
    fn begin(head: &ExportHeadView) -> Self {
        let mut text = Self { buffer: Vec::new(), place: Place::Categories };
        text.open(head, "categories");
        text
    }

    /// Writes the next pieces; none are the end.
    fn add(&mut self, pieces: Vec<Piece>) {
        if pieces.is_empty() {
            self.begin_env_projects();
            self.buffer.extend_from_slice(b"]}");
            self.place = Place::End;
        }
        for piece in pieces {
            match piece {
                Piece::Category(listing) => {
                    self.close_category();
                    if self.place != Place::Categories {
                        self.buffer.push(b',');
                    }
                    self.open(&CategoryView::from(listing), "entries");
                    self.place = Place::Entries;
                }
                Piece::Entry(entry) => {
                    if self.place == Place::Entry {
                        self.buffer.push(b',');
                    }
                    self.write(&ExportedEntryView::from(entry));
                    self.place = Place::Entry;
                }
                Piece::RecoverySet(set) => {
                    if !self.begin_sets() {
                        self.buffer.push(b',');
                    }
                    self.write(&RecoverySetView::from(set));
                }
                Piece::EnvProject(listing) => {
                    if !self.begin_env_projects() {
                        self.buffer.push(b',');
                    }
                    self.write(&EnvProjectDetailView::from(listing));
                }
            }
        }
    }

    /// Ends the categories; `false` when they are ended already.
    fn begin_sets(&mut self) -> bool {
        if self.place == Place::RecoverySets {
            return false;
        }
        self.close_category();
        self.buffer.extend_from_slice(br#"],"twoFactorSets":["#);
        self.place = Place::RecoverySets;
        true
    }

    /// Ends the recovery sets; `false` when they are ended already.
    fn begin_env_projects(&mut self) -> bool {
        if self.place == Place::EnvProjects {
            return false;
        }
        self.begin_sets();
        self.buffer.extend_from_slice(br#"],"envProjects":["#);
        self.place = Place::EnvProjects;
        true
    }

    fn close_category(&mut self) {
        if self.place != Place::Categories {
            self.buffer.extend_from_slice(b"]}");
        }
    }

    /// Writes an object that goes on with a list.
    fn open(&mut self, view: &impl Serialize, list: &str) {
        self.write(view);
        self.buffer.pop();
        self.buffer.extend_from_slice(format!(",\"{list}\":[").as_bytes());
    }

    fn write(&mut self, view: &impl Serialize) {
        // Views are texts and numbers in memory: writing them into memory cannot fail.
        let _ = serde_json::to_writer(&mut self.buffer, view);
    }

    fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.buffer)
    }
}

impl ApiResponse for Attachment {
    fn meta() -> MetaResponses {
        let schema = MetaSchemaRef::Inline(Box::new(document()));
        let content = vec![MetaMediaType { content_type: "application/json", schema }];
        let (status, description, headers) = (Some(200), "", Vec::new());
        let response = MetaResponse { description, status, status_range: None, content, headers };
        MetaResponses { responses: vec![response] }
    }

    fn register(registry: &mut Registry) {
        ExportHeadView::register(registry);
        CategoryView::register(registry);
        ExportedEntryView::register(registry);
        RecoverySetView::register(registry);
        EnvProjectDetailView::register(registry);
    }
}

/// The whole document's schema: its head, and what follows.
fn document() -> MetaSchema {
    let entries = object(vec![("entries", property::<Vec<ExportedEntryView>>("Its entries."))]);
    let category = both(CategoryView::schema_ref(), entries);
    let more = vec![
        ("categories", list("Categories with their entries.", category)),
        ("twoFactorSets", property::<Vec<RecoverySetView>>("Recovery sets, without their codes.")),
        (
            "envProjects",
            property::<Vec<EnvProjectDetailView>>("Env projects with their files, without contents."),
        ),
    ];
    both(ExportHeadView::schema_ref(), object(more))
}

fn list(about: &'static str, items: MetaSchema) -> MetaSchemaRef {
    let items = Some(Box::new(MetaSchemaRef::Inline(Box::new(items))));
    let list = MetaSchema { description: Some(about), items, ..MetaSchema::new("array") };
    MetaSchemaRef::Inline(Box::new(list))
}

fn object(properties: Vec<(&'static str, MetaSchemaRef)>) -> MetaSchema {
    let required = properties.iter().map(|(name, _)| *name).collect();
    MetaSchema { properties, required, ..MetaSchema::new("object") }
}

fn both(one: MetaSchemaRef, other: MetaSchema) -> MetaSchema {
    MetaSchema { all_of: vec![one, MetaSchemaRef::Inline(Box::new(other))], ..MetaSchema::ANY }
}

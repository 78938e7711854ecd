//! What pages are made of.
//!
//! A page is put together from these functions and from the classes below (`asset/token.css` has the
//! colours, sizes and shadows they are made of, `asset/part.css` and `asset/overlay.css` the parts). A page
//! adds a stylesheet of its own only for what nothing here draws.
//!
//! - Buttons: `button` or `.button`, then `.primary` (one a page), `.danger` (gone for good), `.quiet`
//!   (beside others), and `.tiny`, `.square` (a picture alone), `.wide`; `.actions` sets them in a line.
//! - Heads: `.head` is the page's `h1` with its action; `.section` and `.section-head` are a part's `h2`, with
//!   `.end` for what stands at the far side. `.lead` is the sentence under a head.
//! - Surfaces: `.card`; `.list`, whose children are lines (`.end` as above); `.rows` of `.row`s with `.what`,
//!   `.about` and `.when`; `.facts` on a `dl` of `div`s; `.sheet` on a form.
//! - `.stats` of `a.stat` or `div.stat`, each a `span.number` over a `span.label`.
//! - Lists: [`search_form`] above them, [`live`] for how much was found or [`search_refused`], [`damaged`], [`pager`] below. How much is left:
//!   [`meter`], with the words beside it. Going anywhere: [`palette`]. Who did it: [`words::who`].
//! - `.badge` with `.env-…`, `.expired`, `.expiring` or `.plain`; see [`environment`], [`expiry`].
//! - `.empty` says what is not there yet and leads to the first one; `.nothing` says that a search found none.
//! - Menus: [`more`]; an item that is gone for good has `.gone`. Dialogs: a link with `data-ask` to a page made
//!   with `Ask`. Toasts: the script's `toast`. Times: [`words::when`]. Breadcrumbs: [`Crumb`].
//! - [`Editor`] is a file to work on, with its [`remarks`]; the script takes over what carries `data-…`.
//! - Charts: [`chart`], in `--chart-1` to `--chart-4`, loudest first, never without words beside them.

mod badge;
pub(crate) mod chart;
pub(crate) mod diff;
pub(crate) mod editor;
pub(crate) mod failure;
pub(crate) mod field;
pub(crate) mod flash;
mod form;
mod icon;
mod layout;
mod list;
pub(crate) mod live;
mod menu;
mod meter;
pub(crate) mod next;
pub(crate) mod palette;
pub(crate) mod plan;
pub(crate) mod remarks;
pub(crate) mod urlencoded;
pub(crate) mod words;

pub(crate) use badge::{copy_name, environment, expiry, sealed};
pub(crate) use editor::{Editor, Who};
pub(crate) use field::Field;
pub(crate) use flash::Flash;
pub(crate) use form::Form;
pub(crate) use icon::{category_tile, icon, seal, service_tile, summary_tile};
pub(crate) use layout::{Crumb, Nav, Shell, manual, plain};
pub(crate) use list::{damaged, pager, search_form, search_refused};
pub(crate) use menu::more;
pub(crate) use meter::meter;

//! The place of the planner that asks an OpenAI-compatible model which keys an `.env` file needs.
//!
//! Nothing is here yet: the planner arrives together with the composer in `kagi-domain`, whose port
//! it implements. The crate stands so that the picture of the house is whole and no other crate
//! takes up a model's client in the meantime.

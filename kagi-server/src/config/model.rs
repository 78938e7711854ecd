//! The model that helps to compose files.

use std::sync::Arc;

use kagi_ai_openai::{OpenAiPlanner, Settings};
use kagi_domain::ports::Planner;

use super::Reader;

const KEY: &str = "OPENAI_API_KEY";
const ADDRESS: &str = "OPENAI_BASE_URL";
const MODEL: &str = "OPENAI_MODEL";

/// The planner over the model that is named; none without a key and an address. Nothing is sent.
pub(super) fn read_planner(reader: &mut Reader<'_>) -> Option<Arc<dyn Planner>> {
    let (key, address, model) = (reader.secret(KEY), reader.text(ADDRESS), reader.text(MODEL));
    if key.is_none() && address.is_none() {
        return None;
    }
    let settings = Settings::new(address.map(str::trim), key.as_ref(), model.map(str::trim));
    match settings.and_then(OpenAiPlanner::new) {
        Ok(planner) => Some(Arc::new(planner)),
        Err(error) => {
            // Its sentences name the variable themselves.
            reader.refuse("", error);
            None
        }
    }
}

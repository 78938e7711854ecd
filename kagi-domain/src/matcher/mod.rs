//! The planner that is built in: it understands plain words in six languages without a model and without
//! a network.
//!
//! It is the engine where no model is configured, it says which part of a large vault a model is told
//! about, and it answers when a model fails and the person agrees. The same brief gives the same plan.
//!
//! A request is taken apart into [`words`], the words are read as `pieces` by the lexicon and by the
//! names on offer, denials are marked, and from what is left keys are chosen and recipes made.

mod choice;
mod denial;
mod lexicon;
mod meant;
mod names;
mod reading;
mod recipes;
mod typo;
pub(crate) mod words;

use crate::plan::{EnvPlan, PlanBrief, PlannedKey};

use choice::Choice;
use lexicon::Meaning;
use names::Names;
use reading::{Piece, What};

/// Plans what a request is about.
#[must_use]
pub fn plan(brief: &PlanBrief) -> EnvPlan {
    let names = Names::of(&brief.keys);
    let pieces = read(brief, &names);
    if is_about_something_else(&pieces) {
        return EnvPlan::default();
    }
    let wishes = recipes::wishes(&pieces, &names, brief.prompt.as_str());
    let choice = Choice::new(brief, &names, &pieces, &wishes);
    let mut chosen = choice.chosen();
    let mut secrets = wishes.secrets.clone();
    for (kind, secret) in &wishes.kinds {
        match &choice.stored(*kind)[..] {
            [] => secrets.push(secret.clone()),
            stored => chosen.extend(stored.iter().map(|key| (*key, "named in the request".to_owned()))),
        }
    }
    let keys = chosen.into_iter().filter_map(|(place, reason)| {
        let key = choice.key(place)?;
        let name = key.names.first().map(ToString::to_string).unwrap_or_default();
        Some(PlannedKey { handle: key.handle.to_string(), name, reason })
    });
    EnvPlan { keys: keys.collect(), secrets, environment: environment(&pieces) }
}

/// The brief with as many keys as its length allows, those that have most to do with the request. Keys
/// stay in their order.
#[must_use]
pub fn fitted(brief: PlanBrief, bytes: usize) -> PlanBrief {
    if brief.quoted_len() <= bytes {
        return brief;
    }
    let names = Names::of(&brief.keys);
    let pieces = read(&brief, &names);
    let wishes = recipes::wishes(&pieces, &names, brief.prompt.as_str());
    let weights = Choice::new(&brief, &names, &pieces, &wishes).weights();
    let mut order: Vec<_> = brief.keys.iter().enumerate().zip(weights).collect();
    order.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    let mut length = PlanBrief { keys: Vec::new(), ..brief.clone() }.quoted_len();
    let mut kept = Vec::new();
    for ((place, key), _) in order {
        let longer = length + key.quoted_len();
        if longer <= bytes {
            length = longer;
            kept.push(place);
        }
    }
    kept.sort_unstable();
    let keys = kept.into_iter().filter_map(|place| brief.keys.get(place).cloned()).collect();
    PlanBrief { keys, ..brief }
}

fn read(brief: &PlanBrief, names: &Names) -> Vec<Piece> {
    let mut pieces = reading::pieces(brief.prompt.as_str(), names);
    denial::mark(&mut pieces);
    pieces
}

/// A question, or a wish for something that is no file and no key.
fn is_about_something_else(pieces: &[Piece]) -> bool {
    let begins = |meaning| pieces.iter().take(3).any(|piece| piece.means(meaning));
    let file = pieces.iter().any(|piece| piece.means(Meaning::File) || piece.means(Meaning::Keys));
    begins(Meaning::Question) || (begins(Meaning::Task) && !file)
}

/// The environment that the request names, if it names one.
fn environment(pieces: &[Piece]) -> Option<String> {
    let named = pieces.iter().filter(|piece| !piece.denied).filter_map(|piece| match piece.what {
        What::Said(Meaning::In(environment)) => Some(environment),
        _ => None,
    });
    let named: std::collections::BTreeSet<_> = named.collect();
    match named.into_iter().collect::<Vec<_>>()[..] {
        [only] => Some(only.as_str().to_owned()),
        _ => None,
    }
}

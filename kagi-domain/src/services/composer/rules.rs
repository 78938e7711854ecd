//! What becomes of a plan. Nothing of it is believed: a handle counts only when it was offered, a name
//! only when it is the category's or the request writes it, and how many there are is bounded.

use std::collections::{BTreeSet, HashMap, hash_map::Entry};

use super::{
    Comment, Composition, FreshSecret, Rejected, Rejection, SelectedKey,
    naming::{is_dangerous, is_of_a_secret, is_written, prefixed, screaming},
    offers::{Offer, Place},
};
use crate::{
    framework::Framework,
    generate::{SecretFormat, SecretRecipe, SecretSize},
    model::{category::KeyType, entry::Environment, env_project::FileType},
    plan::{EnvPlan, Handle, PlanBrief, PlannedKey, PlannedSecret},
    ports::Engine,
    text::{EnvVarName, ProjectName},
};

/// The most keys, secrets and rejections of one file. A plan's further items are counted, not read.
const MOST_KEYS: usize = 500;
const MOST_SECRETS: usize = 20;
const MOST_REJECTIONS: usize = 200;

/// Holds a plan against what was offered.
pub(super) fn composition(
    plan: &EnvPlan,
    brief: &PlanBrief,
    offers: &[Offer],
    engine: Engine,
) -> Composition {
    let environment = plan.environment.as_deref().and_then(Environment::from_text);
    let of_file = brief.file_type.and_then(FileType::environment);
    let mut rules = Rules {
        brief,
        offers,
        offered: brief.keys.iter().map(|key| key.handle).collect(),
        wanted: [environment, of_file, Some(Environment::Production)].into_iter().flatten().collect(),
        framework: Framework::detect(brief.prompt.as_str()),
        rejected: Vec::new(),
        unlisted: 0,
    };
    let keys = rules.keys(&plan.keys);
    let selected = rules.without_collisions(keys);
    let generated = rules.secrets(&plan.secrets, &selected);
    let environment = rules.wanted.first().copied().unwrap_or_default();
    let framework = rules.framework;
    Composition { selected, generated, rejected: rules.rejections(), framework, environment, engine }
}

struct Rules<'a> {
    brief: &'a PlanBrief,
    offers: &'a [Offer],
    offered: BTreeSet<Handle>,
    /// The environments in the order in which they are looked for.
    wanted: Vec<Environment>,
    framework: Option<Framework>,
    rejected: Vec<Rejected>,
    unlisted: usize,
}

impl Rules<'_> {
    fn reject(&mut self, reference: Comment, reason: Rejection) {
        if self.rejected.len() < MOST_REJECTIONS {
            self.rejected.push(Rejected { reference, reason });
        } else {
            self.unlisted += 1;
        }
    }

    fn rejections(mut self) -> Vec<Rejected> {
        if self.unlisted > 0 {
            let reason = Rejection::TooMany(self.unlisted);
            self.rejected.push(Rejected { reference: Comment::new("…"), reason });
        }
        self.rejected
    }

    /// The variables of the selected keys, in the plan's order; two may still have one name.
    fn keys(&mut self, planned: &[PlannedKey]) -> Vec<SelectedKey> {
        let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
        for key in planned {
            let handle = Handle::parse(&key.handle).filter(|handle| self.offered.contains(handle));
            let offer = handle.and_then(|handle| Some((handle, self.offers.get(handle.index())?)));
            let Some((handle, offer)) = offer else {
                self.reject(Comment::new(&key.handle), Rejection::Unknown);
                continue;
            };
            if !seen.insert(handle) {
                self.reject(called(offer), Rejection::Twice);
            } else if seen.len() > MOST_KEYS {
                self.unlisted += 1;
            } else {
                self.entry(offer, key, &mut found);
            }
        }
        found
    }

    fn entry(&mut self, offer: &Offer, key: &PlannedKey, found: &mut Vec<SelectedKey>) {
        if let Some(place) = self.place(offer) {
            self.variables(offer, place, key, found);
        } else {
            let wanted = self.wanted.first().copied().unwrap_or_default();
            self.reject(called(offer), Rejection::Environment(wanted.as_str()));
        }
    }

    /// The entry whose environment is wanted most; else the only one there is.
    fn place<'o>(&self, offer: &'o Offer) -> Option<&'o Place> {
        let of = |wanted: &Environment| offer.places.iter().find(|place| place.environment == *wanted);
        self.wanted.iter().find_map(of).or(match &offer.places[..] {
            [only] => Some(only),
            _ => None,
        })
    }

    fn variables(&mut self, offer: &Offer, place: &Place, key: &PlannedKey, found: &mut Vec<SelectedKey>) {
        let group = offer.shape.key_type() == KeyType::Group;
        for field in offer.shape.names() {
            if group && !place.filled.contains(field) {
                self.reject(Comment::new(&format!("{field} of {}", called(offer))), Rejection::NotFilled);
                continue;
            }
            let written = if group { None } else { self.written(&key.name, offer) };
            let name = match written {
                Some(name) => Some(name),
                None => screaming(field.as_str())
                    .map(|name| prefixed(name, field, offer.public.as_deref(), self.framework)),
            };
            match name {
                Some(name) if !is_dangerous(&name) => found.push(SelectedKey {
                    entry: place.entry,
                    field: field.clone(),
                    name,
                    category: offer.category.clone(),
                    project: offer.project.clone(),
                    environment: place.environment,
                    reason: Comment::new(&key.reason),
                }),
                Some(name) => self.reject(Comment::new(name.as_str()), Rejection::Dangerous),
                None => self.reject(Comment::new(field.as_str()), Rejection::NotAName),
            }
        }
    }

    /// The planner's name for a key, where it is another than the category's, the request itself writes
    /// it, and it is not what another key on offer is called.
    fn written(&self, planned: &str, offer: &Offer) -> Option<EnvVarName> {
        let name = screaming(planned)?;
        let own = offer.shape.names().iter().any(|field| screaming(field.as_str()).as_ref() == Some(&name));
        let anothers = || self.brief.keys.iter().flat_map(|key| &key.names).any(|other| *other == name);
        (!own && is_written(&name, self.brief.prompt.as_str()) && !anothers()).then_some(name)
    }

    /// Each name once: the current project's own entry wins, then the first.
    fn without_collisions(&mut self, keys: Vec<SelectedKey>) -> Vec<SelectedKey> {
        let current = self.brief.project.as_ref().map(ProjectName::key);
        let own = |key: &SelectedKey| current.is_some() && Some(key.project.key()) == current;
        let mut winners: HashMap<EnvVarName, (usize, bool)> = HashMap::new();
        for (at, key) in keys.iter().enumerate() {
            match winners.entry(key.name.clone()) {
                Entry::Vacant(free) => drop(free.insert((at, own(key)))),
                Entry::Occupied(mut taken) if own(key) && !taken.get().1 => drop(taken.insert((at, true))),
                Entry::Occupied(_) => {}
            }
        }
        let is_winner = |(at, key): (usize, &SelectedKey)| {
            winners.get(&key.name).is_some_and(|(winner, _)| *winner == at)
        };
        let names: HashMap<_, _> = keys
            .iter()
            .enumerate()
            .filter(|key| is_winner(*key))
            .map(|(_, key)| (key.name.clone(), source(key)))
            .collect();
        let (mut kept, mut lost) = (Vec::new(), Vec::new());
        for (at, key) in keys.into_iter().enumerate() {
            if is_winner((at, &key)) { kept.push(key) } else { lost.push(key) }
        }
        for key in lost {
            let by = names.get(&key.name).cloned().unwrap_or_default();
            self.reject(source(&key), Rejection::Taken { name: key.name, by });
        }
        kept
    }

    fn secrets(&mut self, planned: &[PlannedSecret], selected: &[SelectedKey]) -> Vec<FreshSecret> {
        let mut taken: HashMap<_, _> = selected.iter().map(|key| (key.name.clone(), source(key))).collect();
        let mut made = Vec::new();
        for secret in planned {
            if made.len() == MOST_SECRETS {
                self.unlisted += 1;
                continue;
            }
            match self.secret(secret, &taken) {
                Ok(secret) => {
                    taken.insert(secret.name.clone(), Comment::new("a fresh secret"));
                    made.push(secret);
                }
                Err(reason) => self.reject(Comment::new(&secret.name), reason),
            }
        }
        made
    }

    fn secret(
        &self,
        planned: &PlannedSecret,
        taken: &HashMap<EnvVarName, Comment>,
    ) -> Result<FreshSecret, Rejection> {
        let name = screaming(&planned.name).ok_or(Rejection::NotAName)?;
        if is_dangerous(&name) {
            return Err(Rejection::Dangerous);
        }
        // Any value switches some variables on, so that a planner may not invent names of other kinds.
        if !is_of_a_secret(&name) && !is_written(&name, self.brief.prompt.as_str()) {
            return Err(Rejection::NotOfASecret);
        }
        if let Some(by) = taken.get(&name) {
            return Err(Rejection::Taken { name, by: by.clone() });
        }
        let format = SecretFormat::from_text(&planned.format).ok_or(Rejection::Format)?;
        let size = SecretSize::new(planned.bytes.clamp(16, 64)).map_err(|_| Rejection::Format)?;
        let recipe = SecretRecipe { format, size };
        Ok(FreshSecret { name, recipe, reason: Comment::new(&planned.reason) })
    }
}

/// A key as people know it.
fn called(offer: &Offer) -> Comment {
    Comment::new(&format!("{} ({})", offer.category, offer.project))
}

fn source(key: &SelectedKey) -> Comment {
    Comment::new(&format!("{} ({}, {})", key.category, key.project, key.environment.as_str()))
}

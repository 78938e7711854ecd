//! Which keys a request is about.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    lexicon::{Meaning, Need},
    meant::meant,
    names::{self, Name, Names},
    reading::{Piece, What},
    recipes::Wishes,
};
use crate::{
    plan::{OfferedKey, PlanBrief},
    text::ProjectName,
};

/// How many projects a name is looked for in when the request says of none which.
const ELSEWHERE: usize = 5;

/// Chosen keys by their places, and why.
pub(super) type Chosen = BTreeMap<usize, String>;

/// Chooses.
pub(super) struct Choice<'a> {
    brief: &'a PlanBrief,
    names: &'a Names,
    pieces: &'a [Piece],
    wishes: &'a Wishes,
    /// Where names are that the request means as such.
    meant: BTreeSet<usize>,
    /// By folded name.
    projects: Vec<String>,
    /// Of which sort each key is.
    sorts: Vec<Option<usize>>,
}

/// How closely a key is what a piece names.
type Candidates = Vec<(usize, u8)>;

impl<'a> Choice<'a> {
    pub(super) fn new(
        brief: &'a PlanBrief,
        names: &'a Names,
        pieces: &'a [Piece],
        wishes: &'a Wishes,
    ) -> Self {
        let projects = brief.keys.iter().map(|key| key.project.key()).collect();
        let sorts = names.of_keys(brief.keys.len());
        Self { brief, names, pieces, wishes, meant: meant(pieces), projects, sorts }
    }

    /// The keys that the request is about.
    pub(super) fn chosen(&self) -> Chosen {
        let (mut chosen, mut served) = (Chosen::new(), BTreeSet::new());
        let (mut asked, mut denied) = (false, BTreeSet::new());
        for (at, candidates) in self.named() {
            let piece = self.pieces.get(at);
            if piece.is_some_and(|piece| piece.denied) {
                denied.extend(candidates.iter().map(|(key, _)| *key));
                continue;
            }
            asked = true;
            for key in self.nearest(at, &candidates, ELSEWHERE) {
                served.extend(self.needs(key));
                chosen.entry(key).or_insert_with(|| "named in the request".to_owned());
            }
        }
        for (at, need) in self.needed() {
            let serving: Candidates = self.serving(need);
            if self.pieces.get(at).is_some_and(|piece| piece.denied) {
                denied.extend(serving.iter().map(|(key, _)| *key));
                continue;
            }
            // The wish for a kind of service is met by one that is named: payments with Stripe.
            if served.contains(&need) {
                asked = true;
                continue;
            }
            let found = self.nearest(at, &serving, 1);
            asked |= !found.is_empty();
            chosen.extend(found.into_iter().map(|key| (key, "serves what the request describes".to_owned())));
        }
        if !asked && self.is_for_all() {
            chosen.extend(self.all().map(|key| (key, "belongs to the project".to_owned())));
        }
        chosen.retain(|key, _| !denied.contains(key));
        chosen
    }

    /// How much a key has to do with the request, for choosing what a model is told of a large vault.
    pub(super) fn weights(&self) -> Vec<u8> {
        let mut weights = vec![0; self.brief.keys.len()];
        let mut raise = |key: usize, weight: u8| {
            if let Some(own) = weights.get_mut(key) {
                *own = weight.max(*own);
            }
        };
        let scope: BTreeSet<_> =
            self.scope(0).into_iter().chain(self.named_projects().map(|(_, key)| key)).collect();
        let near = self.projects.iter().enumerate().filter(|(_, project)| scope.contains(*project));
        near.for_each(|(key, _)| raise(key, 2));
        self.needed().for_each(|(_, need)| self.serving(need).iter().for_each(|(key, _)| raise(*key, 1)));
        self.named().iter().flat_map(|(_, keys)| keys).for_each(|(key, _)| raise(*key, 3));
        self.chosen().keys().for_each(|key| raise(*key, 4));
        weights
    }

    /// What the names in the request may stand for. The same name said again of the same projects adds
    /// nothing, and a request has room for it hundreds of times.
    fn named(&self) -> Vec<(usize, Candidates)> {
        let (mut found, mut said) = (Vec::new(), BTreeSet::new());
        for (at, piece) in self.pieces.iter().enumerate() {
            match &piece.what {
                What::Name(names) if self.meant.contains(&at) || piece.denied => {
                    let sorts: Vec<_> = names.iter().map(|name| (name.sort, name.distance)).collect();
                    if said.insert((sorts, piece.denied, self.scope(at))) {
                        found.push((at, names.iter().flat_map(|name| self.of_sort(*name)).collect()));
                    }
                }
                _ => {}
            }
            found.extend(
                self.pair(at).map(|sort| (at, self.of_sort(Name { sort, distance: 0, ordinary: false }))),
            );
        }
        found.retain(|(_, keys)| !keys.is_empty());
        found
    }

    fn of_sort(&self, name: Name) -> Candidates {
        let sort = self.names.sorts.get(name.sort).filter(|sort| sort.secret.is_none() || name.distance == 0);
        // A secret of one's own that a fresh one is asked for is not taken from the vault.
        let fresh = |kind| {
            self.wishes.secrets.iter().any(|secret| secret.name == super::lexicon::Kind::variable(kind))
        };
        let sort = sort.filter(|sort| !sort.secret.is_some_and(fresh));
        sort.into_iter().flat_map(|sort| &sort.keys).map(|key| (*key, name.distance)).collect()
    }

    /// A sort whose name's word stands here, with its need beside it: login with Google.
    fn pair(&self, at: usize) -> Option<usize> {
        let piece = self.pieces.get(at)?;
        let word = match piece.meaning() {
            Some(Meaning::Same(word)) => word,
            None => &piece.text,
            Some(_) => return None,
        };
        if !self.names.pairs.contains_key(word) {
            return None;
        }
        let divides = |piece: &Piece| piece.means(Meaning::And) || matches!(piece.what, What::Name(_));
        let reached = |pieces: &mut dyn Iterator<Item = &Piece>| {
            pieces.take_while(|piece| !divides(piece)).take(3).find_map(serves)
        };
        let after = reached(&mut self.pieces.iter().skip(at + 1));
        let before = reached(&mut self.pieces.iter().take(at).rev());
        let near = |need: Need| after == Some(need) || before == Some(need);
        let sorts = self.names.pairs.get(word)?;
        sorts.iter().find(|(need, _)| near(*need)).map(|(_, sort)| *sort)
    }

    fn needed(&self) -> impl Iterator<Item = (usize, Need)> {
        let about = |at: &usize| self.wishes.pieces.contains(at);
        let needs = self.pieces.iter().enumerate().filter_map(|(at, piece)| match piece.meaning() {
            Some(Meaning::Need(need)) => Some((at, need)),
            _ => None,
        });
        needs.filter(move |(at, _)| !about(at) && !self.is_part_of_a_pair(*at))
    }

    fn is_part_of_a_pair(&self, at: usize) -> bool {
        let Some(need) = self.pieces.get(at).and_then(serves) else { return false };
        let of_this = |sort: usize| self.names.sorts.get(sort).is_some_and(|sort| sort.needs.contains(&need));
        (at.saturating_sub(3)..=at + 3).filter_map(|other| self.pair(other)).any(of_this)
    }

    fn serving(&self, need: Need) -> Candidates {
        let sorts = self.names.sorts.iter().filter(|sort| sort.needs.contains(&need));
        sorts.flat_map(|sort| &sort.keys).map(|key| (*key, 0)).collect()
    }

    fn needs(&self, key: usize) -> impl Iterator<Item = Need> {
        let sort = self.sorts.get(key).copied().flatten().and_then(|sort| self.names.sorts.get(sort));
        sort.into_iter().flat_map(|sort| sort.needs.iter().copied())
    }

    /// Of the keys that a piece may mean, those in the project that it is said of; else those of the
    /// projects that have one, when they are few enough.
    fn nearest(&self, at: usize, candidates: &[(usize, u8)], elsewhere: usize) -> Vec<usize> {
        let best = |keys: Vec<(usize, u8)>| {
            let least = keys.iter().map(|(_, distance)| *distance).min();
            keys.into_iter()
                .filter(|(_, distance)| Some(*distance) == least)
                .map(|(key, _)| key)
                .collect::<Vec<_>>()
        };
        for project in self.scope(at) {
            let here =
                candidates.iter().copied().filter(|(key, _)| self.projects.get(*key) == Some(&project));
            let found = best(here.collect());
            if !found.is_empty() {
                return found;
            }
        }
        let anywhere = best(candidates.to_vec());
        let nowhere = elsewhere == 1 && !self.scope(at).is_empty();
        if nowhere || anywhere.len() > elsewhere { Vec::new() } else { anywhere }
    }

    fn named_projects(&self) -> impl DoubleEndedIterator<Item = (usize, String)> {
        self.pieces.iter().enumerate().filter_map(|(at, piece)| match &piece.what {
            What::Project(key) if !piece.denied => Some((at, key.clone())),
            _ => None,
        })
    }

    /// The projects that a piece is said of, the likeliest first: the one that is named behind it, or
    /// before it where the request begins with one; then the current one.
    fn scope(&self, at: usize) -> Vec<String> {
        let named: Vec<_> = self.named_projects().collect();
        let first_name = self
            .pieces
            .iter()
            .position(|piece| matches!(piece.what, What::Name(_) | What::Said(Meaning::Need(_))));
        let leads = named.first().is_some_and(|(first, _)| first_name.is_some_and(|name| *first < name));
        let behind = named.iter().find(|(place, _)| *place > at);
        let before = named.iter().rev().find(|(place, _)| *place < at);
        let mut order = if leads { [before, behind] } else { [behind, before] };
        if named.len() < 2 {
            order = [named.first(), None];
        }
        let named = order.into_iter().flatten().map(|(_, key)| key.clone());
        named.chain(self.brief.project.as_ref().map(ProjectName::key)).collect()
    }

    /// Whether the request is about a whole project, or everything.
    fn is_for_all(&self) -> bool {
        let said = |meaning| self.pieces.iter().any(|piece| piece.means(meaning));
        let keys = said(Meaning::Keys) || said(Meaning::File);
        let place = said(Meaning::Here) || self.named_projects().next().is_some();
        let fresh = !self.wishes.secrets.is_empty() || !self.wishes.kinds.is_empty();
        if self.is_for_something_else() {
            return false;
        }
        let everything = said(Meaning::All) && (keys || place || self.pieces.len() < 4 || self.denies());
        everything || (said(Meaning::Every) && (keys || place)) || (place && keys && !fresh)
    }

    /// Whether keys are asked for by the name of a service that the vault does not have: then a project that
    /// is named beside them is no wish for all that it has.
    fn is_for_something_else(&self) -> bool {
        let is_dull = |piece: &&Piece| {
            matches!(piece.meaning(), Some(Meaning::Filler | Meaning::Leads | Meaning::Keys))
        };
        let keys = self.pieces.iter().enumerate().filter(|(_, piece)| piece.means(Meaning::Keys));
        keys.into_iter().any(|(at, _)| {
            let before = self.pieces.iter().take(at).rev().find(|piece| !is_dull(piece));
            let unknown = |piece: &Piece| matches!(piece.what, What::Word) && !piece.dense;
            let beside = at.checked_sub(1).and_then(|at| self.pieces.get(at)).is_some_and(unknown);
            let after = self.pieces.iter().skip(at + 1).find(|piece| !is_dull(piece));
            let service = |piece: &Piece| unknown(piece) && names::is_service(&piece.text);
            beside || before.is_some_and(service) || after.is_some_and(service)
        })
    }

    fn denies(&self) -> bool {
        self.pieces.iter().any(|piece| piece.denied && matches!(piece.what, What::Name(_)))
    }

    fn all(&self) -> impl Iterator<Item = usize> {
        let scope: BTreeSet<_> = match self.named_projects().next() {
            Some(_) => self.named_projects().map(|(_, key)| key).collect(),
            None => self.brief.project.iter().map(ProjectName::key).collect(),
        };
        let within = move |project: &String| scope.is_empty() || scope.contains(project);
        self.projects.iter().enumerate().filter(move |(_, project)| within(project)).map(|(key, _)| key)
    }

    /// The stored secrets of one's own that the request may mean: those of its project.
    pub(super) fn stored(&self, kind: super::lexicon::Kind) -> Vec<usize> {
        let sorts = self.names.sorts.iter().filter(|sort| sort.secret == Some(kind));
        let keys: Candidates = sorts.flat_map(|sort| &sort.keys).map(|key| (*key, 0)).collect();
        if self.scope(0).is_empty() { Vec::new() } else { self.nearest(0, &keys, 1) }
    }

    pub(super) fn key(&self, place: usize) -> Option<&OfferedKey> {
        self.brief.keys.get(place)
    }
}

/// The need that a piece says, also where it is said by a kind of secret.
fn serves(piece: &Piece) -> Option<Need> {
    match piece.meaning() {
        Some(Meaning::Need(need)) => Some(need),
        Some(Meaning::Kind(super::lexicon::Kind::Auth)) => Some(Need::Login),
        _ => None,
    }
}

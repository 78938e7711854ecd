//! What the keys on offer are called: by their categories, by the catalogue, and by their variables.

use std::{
    collections::{BTreeSet, HashMap},
    sync::LazyLock,
};

use super::{
    lexicon::{self, Kind as Secret, Meaning, Need},
    words::{Word, words},
};
use crate::{
    catalogue::{self, Service},
    plan::OfferedKey,
    text::EnvVarName,
};

/// Words of a category's name that tell it from no other.
const EMPTY: &str = "api apis key keys credential credentials token tokens secret secrets account access my our \
    the a an for and of live test prod production staging dev development local config url service services app \
    web client server team company personal project default main shared";

/// Names of services that are ordinary words. They count only where the request clearly means a name.
const ORDINARY: &str = "linear render square notion slack resend together replicate fly neon convex axiom clerk \
    paddle alchemy honeycomb mux zoom expo railway vault postmark perplexity fireworks cohere sanity intercom \
    azure pusher turso command";

/// Words of the catalogue that mean too much to name a service.
const DULL: &str = "command block image images video stream deploy server store shop bot chat git ci pat node \
    javascript python package mobile events agents hub actions users support marketing sales meeting design notes \
    wiki file upload container registry enterprise secrets training random token session cookie voice phone \
    verify audio music photo forecast issues tickets alerts logs metrics graph cards subscription places channels \
    tunnel google microsoft security vulnerabilities coverage errors crash toggle backup search queue broker auth \
    login users spam app vector embeddings rag tracing observability cdn dns names workers spaces serverless \
    connection rpc blockchain aura block sql db database pip npmrc shop transformers router";

/// A category on offer, in one or more projects.
pub(super) struct Sort {
    /// The keys of it, by their place in the brief.
    pub(super) keys: Vec<usize>,
    pub(super) needs: BTreeSet<Need>,
    /// A secret that one makes oneself.
    pub(super) secret: Option<Secret>,
}

/// A name of a sort.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name {
    pub(super) sort: usize,
    /// 0 for the category's own name, then the service's, then what the service is also called.
    pub(super) distance: u8,
    /// It is also an ordinary word.
    pub(super) ordinary: bool,
}

/// The words of a name, and whose it is.
type Phrase = (Vec<String>, Vec<Name>);

/// All names on offer.
#[derive(Default)]
pub(super) struct Names {
    pub(super) sorts: Vec<Sort>,
    /// By first word, the longest first.
    phrases: HashMap<String, Vec<Phrase>>,
    /// Sorts that a word names together with a need beside it, by the word: Google with maps.
    pub(super) pairs: HashMap<String, Vec<(Need, usize)>>,
    /// Projects by their folded names.
    pub(super) projects: Vec<(String, Vec<String>)>,
}

impl Names {
    pub(super) fn of(keys: &[OfferedKey]) -> Self {
        let mut names = Self::default();
        let (mut sorts, mut projects) = (HashMap::new(), HashMap::new());
        for (at, key) in keys.iter().enumerate() {
            let place = names.sorts.len();
            let sort = *sorts.entry((key.category.key(), &key.names)).or_insert(place);
            if sort == place {
                names.add(sort, key);
            }
            if let Some(sort) = names.sorts.get_mut(sort) {
                sort.keys.push(at);
            }
            projects.entry(key.project.key()).or_insert_with(|| texts(key.project.as_str()));
        }
        names.projects = projects.into_iter().filter(|(_, words)| !words.is_empty()).collect();
        names.projects.sort_by(|(one, a), (other, b)| (b.len(), one).cmp(&(a.len(), other)));
        names
            .phrases
            .values_mut()
            .for_each(|list| list.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len())));
        names
    }

    /// Of which sort each of so many keys is.
    pub(super) fn of_keys(&self, keys: usize) -> Vec<Option<usize>> {
        let mut of = vec![None; keys];
        let each = self
            .sorts
            .iter()
            .enumerate()
            .flat_map(|(sort, held)| held.keys.iter().map(move |key| (*key, sort)));
        for (key, sort) in each {
            if let Some(own) = of.get_mut(key) {
                *own = Some(sort);
            }
        }
        of
    }

    /// The longest name with which the words begin, whose it is, and how many words it has.
    pub(super) fn phrase(&self, words: &[Word]) -> Option<(&[Name], usize)> {
        let list = self.phrases.get(&words.first()?.text)?;
        let (phrase, names) = list.iter().find(|(phrase, _)| lexicon::begins(words, phrase))?;
        Some((names, phrase.len()))
    }

    /// The names of one word that are no ordinary words, to compare misspelt ones with.
    pub(super) fn single(&self) -> impl Iterator<Item = (&str, &[Name])> {
        let all = self
            .phrases
            .values()
            .flatten()
            .filter(|(phrase, names)| phrase.len() == 1 && names.iter().all(|name| !name.ordinary));
        all.filter_map(|(phrase, names)| Some((phrase.first()?.as_str(), names.as_slice())))
    }

    fn add(&mut self, sort: usize, key: &OfferedKey) {
        let name = without_brackets(key.category.as_str());
        let distinct: Vec<String> = texts(&name).into_iter().filter(|word| !is_in(EMPTY, word)).collect();
        let service = service(&distinct, key);
        let secret = secret(key);
        let read = needs(&distinct);
        let mut needs = read.needs;
        needs.extend(service.into_iter().flat_map(needs_of));
        for variable in &key.names {
            self.name(texts(variable.as_str()), Name { sort, distance: 0, ordinary: false });
        }
        if secret.is_none() {
            let own = Name { sort, distance: 0, ordinary: service.is_none() };
            self.called(&texts(&name), own);
            self.called(&distinct, own);
            if let Some(service) = service {
                self.service(sort, service);
            }
        }
        if let Some((word, need)) = read.pair {
            self.pairs.entry(word).or_default().push((need, sort));
        }
        self.sorts.push(Sort { keys: Vec::new(), needs, secret });
    }

    fn service(&mut self, sort: usize, service: &Service) {
        let name = Name { sort, distance: 1, ordinary: false };
        self.called(&texts(&without_brackets(service.name)), name);
        self.called(&texts(service.slug), name);
        let also = service.words.iter().filter(|word| !is_in(DULL, word) && !is_need(word));
        for word in
            also.filter(|word| !word.contains(".js") && **word != "react native" && **word != "nextjs")
        {
            self.called(&texts(word), Name { distance: 2, ..name });
        }
    }

    /// A name as its words, and as one word where it has several.
    fn called(&mut self, words: &[String], name: Name) {
        let ordinary = words.len() == 1 && (name.ordinary || words.iter().any(|word| is_in(ORDINARY, word)));
        self.name(words.to_vec(), Name { ordinary, ..name });
        if words.len() > 1 {
            self.name(vec![words.concat()], Name { ordinary: false, ..name });
        }
    }

    fn name(&mut self, words: Vec<String>, name: Name) {
        let Some(first) = words.first().filter(|_| !words.iter().all(|word| is_in(EMPTY, word))) else {
            return;
        };
        let list = self.phrases.entry(first.clone()).or_default();
        match list.iter_mut().find(|(phrase, _)| *phrase == words) {
            Some((_, names)) if names.iter().any(|known| known.sort == name.sort) => {}
            Some((_, names)) => names.push(name),
            None => list.push((words, vec![name])),
        }
    }
}

/// What a category's name says beside names.
struct Read {
    needs: BTreeSet<Need>,
    pair: Option<(String, Need)>,
}

fn needs(distinct: &[String]) -> Read {
    let (list, mut at) = (words(&distinct.join(" ")), 0);
    let (mut found, mut others) = (BTreeSet::new(), Vec::new());
    while let Some(rest) = list.get(at..).filter(|rest| !rest.is_empty()) {
        let (meaning, length) = lexicon::phrase(rest).unwrap_or((Meaning::Filler, 1));
        match meaning {
            Meaning::Need(need) => drop(found.insert(need)),
            _ => others.extend(rest.first().map(|word| word.text.clone())),
        }
        at += length;
    }
    let pair = match (&others[..], found.first()) {
        ([word], Some(need)) if found.len() == 1 => Some((word.clone(), *need)),
        _ => None,
    };
    Read { needs: found, pair }
}

fn needs_of(service: &Service) -> impl Iterator<Item = Need> + use<> {
    let words = service.words;
    Need::ALL.into_iter().filter(move |need| need.words().iter().any(|word| words.contains(word)))
}

fn is_need(word: &str) -> bool {
    Need::ALL.iter().any(|need| *need != Need::Storage && need.words().contains(&word))
        || matches!(word, "e-mail" | "payments")
}

/// A service with its names as the matcher spells them.
struct Known {
    service: &'static Service,
    name: Vec<String>,
    slug: Vec<String>,
    /// The name without blanks.
    joined: String,
}

static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let known = |service: &'static Service| {
        let name = texts(&without_brackets(service.name));
        Known { service, joined: name.concat(), name, slug: texts(service.slug) }
    };
    catalogue::all().map(known).collect()
});

/// The catalogue's service that a category is: by its name, else by its variables, else by a word of it.
fn service(distinct: &[String], key: &OfferedKey) -> Option<&'static Service> {
    let joined = distinct.concat();
    let is_called = |known: &&Known| known.joined == joined || known.slug == distinct;
    let by_word = |known: &&Known| {
        distinct.iter().any(|word| [&known.name, &known.slug].iter().any(|own| own[..] == [word.as_str()]))
    };
    let first = key.names.first().map(EnvVarName::as_str);
    let by_variable = |known: &&Known| first.is_some_and(|first| known.service.names().contains(&first));
    let found = KNOWN.iter().find(is_called);
    let found = found.or_else(|| KNOWN.iter().find(by_variable)).or_else(|| KNOWN.iter().find(by_word));
    found.map(|known| known.service)
}

/// Whether the catalogue has a service of this one word.
pub(super) fn is_service(word: &str) -> bool {
    KNOWN.iter().any(|known| known.joined == word || known.slug == [word])
}

/// Which secret of one's own a category holds, by its one variable.
fn secret(key: &OfferedKey) -> Option<Secret> {
    const OWN: [Secret; 7] = [
        Secret::Session,
        Secret::Jwt,
        Secret::Cookie,
        Secret::Encryption,
        Secret::Csrf,
        Secret::NextAuth,
        Secret::Auth,
    ];
    match &key.names[..] {
        [only] => OWN.into_iter().find(|kind| kind.variable() == only.as_str()),
        _ => None,
    }
}

fn texts(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.text).collect()
}

fn without_brackets(name: &str) -> String {
    name.split_once(" (").map_or(name, |(name, _)| name).to_owned()
}

fn is_in(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|known| known == word)
}

//! What every entry of the catalogue is held to.

use std::collections::BTreeSet;

use super::*;
use crate::text::fold;

#[test]
fn there_are_enough_and_each_is_there_once() {
    let slugs: BTreeSet<_> = all().map(|service| service.slug).collect();
    let names: BTreeSet<_> = all().map(|service| fold(service.name)).collect();
    assert!(all().count() >= 60, "{}", all().count());
    assert_eq!((slugs.len(), names.len()), (all().count(), all().count()));
    for service in all() {
        assert_eq!(find(service.slug).map(|found| found.name), Some(service.name));
        assert!(service.slug.bytes().all(|byte| byte.is_ascii_lowercase() || b"-0123456789".contains(&byte)));
    }
    assert!(find("").is_none() && find("OPENAI").is_none());
}

#[test]
fn every_service_makes_a_category() {
    for service in all() {
        let category = service.category().unwrap_or_else(|error| panic!("{}: {error}", service.slug));
        assert_eq!(category.name.as_str(), service.name);
        assert_eq!(category.shape.key_type(), service.key_type(), "{}", service.slug);
        let names: Vec<_> = category.shape.names().iter().map(EnvVarName::as_str).collect();
        assert_eq!(names, service.names(), "{}", service.slug);
        assert!(service.key_type() == KeyType::Simple || names.len() > 1, "{}", service.slug);
        let upper = |name: &&str| name.bytes().all(|byte| !byte.is_ascii_lowercase());
        assert!(names.iter().all(upper), "{}: names in files are upper case", service.slug);
    }
}

#[test]
fn only_names_of_its_own_are_public_and_none_that_says_it_is_secret() {
    let mut public = 0;
    for service in all() {
        for name in service.public {
            public += 1;
            assert!(service.names().contains(name), "{}: {name}", service.slug);
            for word in ["SECRET", "PRIVATE", "TOKEN", "PASSWORD"] {
                assert!(!name.contains(word), "{}: {name} says {word}", service.slug);
            }
        }
    }
    assert!(public > 10, "the public names were found");
}

#[test]
fn words_and_sentences_are_tidy() {
    for service in all() {
        for sentence in [service.about, service.found] {
            assert!(sentence.ends_with('.') && sentence.len() <= 120, "{}: {sentence}", service.slug);
            assert!(!sentence.contains("://") && !sentence.contains("www."), "{}: no links", service.slug);
        }
        for word in service.words {
            assert_eq!(fold(word), *word, "{}: searched folded", service.slug);
        }
        assert!(service.icon.is_some() || service.color.is_some(), "{} has no colour", service.slug);
        assert!(service.icon.is_none() || service.color.is_none(), "{}: its icon has one", service.slug);
    }
}

//! Which line of a text became which line of the edited one.

use std::{collections::HashMap, ops::Range};

/// How often a stretch is taken apart further; beyond it, its lines are paired in order.
const DEEPEST: u8 = 8;

/// A stretch of the old lines and the one of the new lines that stands in its place.
struct Gap {
    old: Range<usize>,
    new: Range<usize>,
    depth: u8,
}

/// For each new line, the old one that it was.
///
/// What both begin and end with alike is paired first; then lines that each side has once, as far as they are in the same
/// order; then the same again between those. What differs is paired in order: a line that was changed is the one that
/// stood in its place.
pub(super) fn partners(old: &[&str], new: &[&str]) -> Vec<Option<usize>> {
    let mut partners = vec![None; new.len()];
    let mut pair = |index: usize, partner: usize| {
        if let Some(place) = partners.get_mut(index) {
            *place = Some(partner);
        }
    };
    let mut open = vec![Gap { old: 0..old.len(), new: 0..new.len(), depth: 0 }];
    while let Some(gap) = open.pop() {
        let (before, after) = (stretch(old, &gap.old), stretch(new, &gap.new));
        let head = alike(before.iter().zip(after));
        (0..head).for_each(|at| pair(gap.new.start + at, gap.old.start + at));
        let most = before.len().min(after.len()) - head;
        let tail = alike(before.iter().rev().zip(after.iter().rev()).take(most));
        (1..=tail).for_each(|at| pair(gap.new.end - at, gap.old.end - at));
        let gap = Gap {
            old: gap.old.start + head..gap.old.end - tail,
            new: gap.new.start + head..gap.new.end - tail,
            ..gap
        };
        let anchors = if gap.depth < DEEPEST { anchors(old, new, &gap) } else { Vec::new() };
        if anchors.is_empty() {
            gap.old.zip(gap.new).for_each(|(partner, index)| pair(index, partner));
            continue;
        }
        let (mut old_from, mut new_from) = (gap.old.start, gap.new.start);
        for (partner, index) in anchors.into_iter().chain([(gap.old.end, gap.new.end)]) {
            open.push(Gap { old: old_from..partner, new: new_from..index, depth: gap.depth + 1 });
            if index < gap.new.end {
                pair(index, partner);
            }
            (old_from, new_from) = (partner + 1, index + 1);
        }
    }
    partners
}

fn stretch<'s, 't>(lines: &'s [&'t str], range: &Range<usize>) -> &'s [&'t str] {
    lines.get(range.clone()).unwrap_or_default()
}

fn alike<'s, 't: 's>(pairs: impl Iterator<Item = (&'s &'t str, &'s &'t str)>) -> usize {
    pairs.take_while(|(one, other)| one == other).count()
}

/// The lines that both sides have once, old and new, as many as are in the same order.
fn anchors(old: &[&str], new: &[&str], gap: &Gap) -> Vec<(usize, usize)> {
    let (mut once_old, mut once_new) = (HashMap::new(), HashMap::new());
    for (lines, range, once) in [(old, &gap.old, &mut once_old), (new, &gap.new, &mut once_new)] {
        for (index, line) in range.clone().zip(stretch(lines, range)) {
            once.entry(*line).and_modify(|place| *place = None).or_insert(Some(index));
        }
    }
    let pair = |(line, index): (&&str, &Option<usize>)| Some((once_old.get(line).copied()??, (*index)?));
    let mut pairs: Vec<(usize, usize)> = once_new.iter().filter_map(pair).collect();
    pairs.sort_unstable_by_key(|(_, new)| *new);
    rising(&pairs)
}

/// A longest run of pairs whose first halves rise, as their second ones do.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length, the pair that ends a run of it with the least first half; each pair knows the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, (first, _)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs.get(*end).is_some_and(|(other, _)| other < first));
        before.push(length.checked_sub(1).and_then(|shorter| ends.get(shorter).copied()));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut run = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(at) = next {
        run.extend(pairs.get(at));
        next = before.get(at).copied().flatten();
    }
    run.reverse();
    run
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(old: &str, new: &str) -> Vec<Option<usize>> {
        let split = |text: &'static str| text.split(' ').collect::<Vec<_>>();
        partners(&split(String::leak(old.to_owned())), &split(String::leak(new.to_owned())))
    }

    #[test]
    fn lines_find_each_other() {
        let all = |places: &[usize]| places.iter().copied().map(Some).collect::<Vec<_>>();
        assert_eq!(told("a b c", "a b c"), all(&[0, 1, 2]));
        assert_eq!(told("a b c", "a x c"), all(&[0, 1, 2]), "what differs is paired in order");
        assert_eq!(told("a b c", "a x b c"), [Some(0), None, Some(1), Some(2)]);
        assert_eq!(told("a b c d e", "x b y d z e"), [Some(0), Some(1), Some(2), Some(3), None, Some(4)]);
        assert_eq!(told("a - b - c", "a - x b - c"), [Some(0), Some(1), None, Some(2), Some(3), Some(4)]);
        assert_eq!(told("a b c d", "c d a b").into_iter().flatten().count(), 2, "what was moved is new");
    }

    #[test]
    fn no_lines_take_long() {
        let many = "x ".repeat(100_000);
        let numbers: Vec<String> = (0..100_000).map(|n| (n * 7919 % 100_000).to_string()).collect();
        assert_eq!(told(&many, &format!("y {many}")).len(), 100_002);
        assert_eq!(told(&numbers.join(" "), &many).len(), 100_001);
    }
}

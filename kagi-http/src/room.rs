//! Room in memory for the bodies that are under way.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use kagi_domain::{ids::UserId, network::Network};

use crate::{guard::limit::EDITED, problem::Problem};

const MIB: usize = 1024 * 1024;
/// What the bodies of all people together may hold, and those of one of them: two of the largest.
const PEOPLE: Bounds = Bounds { all: 64 * MIB, each: 2 * EDITED };
/// What those of all strangers may, and those of one client: the largest, which is given back once its session has
/// ended.
const STRANGERS: Bounds = Bounds { all: 16 * MIB, each: EDITED };

/// The two rooms. Whoever sends many bodies slowly takes no memory without end, and none that is kept for others:
///
/// - Each person has a share of the room for people, whichever of their sessions and access keys is used: one
///   person, or whoever has a key of theirs, stops nobody else.
/// - Whoever comes without a valid session or key has no part of it. There is a room beside it for strangers, of
///   which each client has a share: they do not stop people, and one host does not stop the others.
///
/// Nothing waits: what finds no room is refused at once.
#[derive(Debug)]
pub(crate) struct Rooms {
    people: Arc<Room>,
    strangers: Arc<Room>,
}

impl Rooms {
    /// Both, empty.
    pub(crate) fn new() -> Self {
        Self { people: Arc::new(Room::new(PEOPLE)), strangers: Arc::new(Room::new(STRANGERS)) }
    }

    /// For a body of a person who has proved who they are.
    pub(crate) fn of(&self, person: UserId) -> Place {
        Place::new(&self.people, Holder::Person(person))
    }

    /// For a body of somebody else. Those whose address is not known are one client.
    pub(crate) fn of_stranger(&self, client: Option<IpAddr>) -> Place {
        Place::new(&self.strangers, Holder::Stranger(client.map(Network::of)))
    }
}

/// Who holds a part of a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Holder {
    Person(UserId),
    Stranger(Option<Network>),
}

/// How many bytes all may hold, and how many each of them.
#[derive(Debug, Clone, Copy)]
struct Bounds {
    all: usize,
    each: usize,
}

#[derive(Debug)]
struct Room {
    bounds: Bounds,
    held: Mutex<Held>,
}

/// Who holds how much: at any time no more holders than bodies under way, none of them with nothing.
#[derive(Debug, Default)]
struct Held {
    all: usize,
    each: HashMap<Holder, usize>,
}

impl Room {
    fn new(bounds: Bounds) -> Self {
        Self { bounds, held: Mutex::default() }
    }

    /// Takes so many bytes more, if both bounds allow it.
    fn take(&self, holder: Holder, bytes: usize) -> bool {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let own = held.each.get(&holder).copied().unwrap_or_default();
        let fits = bytes <= self.bounds.all - held.all && bytes <= self.bounds.each - own;
        if fits && bytes > 0 {
            held.all += bytes;
            held.each.insert(holder, own + bytes);
        }
        fits
    }

    fn give_back(&self, holder: Holder, bytes: usize) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.all -= bytes;
        if let Some(own) = held.each.get_mut(&holder) {
            *own -= bytes;
            if *own == 0 {
                held.each.remove(&holder);
            }
        }
    }
}

/// One body's place, empty at first. It gives its room back when it is dropped.
pub(crate) struct Place {
    room: Arc<Room>,
    holder: Holder,
    bytes: usize,
}

impl Place {
    fn new(room: &Arc<Room>, holder: Holder) -> Self {
        Self { room: room.clone(), holder, bytes: 0 }
    }

    /// Makes it larger by so many bytes, unless the room or its holder's share is full.
    pub(crate) fn grow(&mut self, bytes: usize) -> Result<(), Problem> {
        if !self.room.take(self.holder, bytes) {
            return Err(Problem::crowded());
        }
        self.bytes += bytes;
        Ok(())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.room.give_back(self.holder, self.bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holders(room: &Room) -> (usize, usize) {
        let held = room.held.lock().unwrap();
        (held.all, held.each.len())
    }

    #[test]
    fn who_holds_nothing_is_forgotten() {
        let rooms = Rooms::new();
        let addresses = (0..=255).map(|last| Some([192, 0, 2, last].into()));
        let mut places: Vec<_> = addresses.map(|client| rooms.of_stranger(client)).collect();
        assert_eq!(holders(&rooms.strangers), (0, 0));
        for place in &mut places {
            place.grow(0).unwrap();
        }
        assert_eq!(holders(&rooms.strangers), (0, 0), "an empty body takes nothing");
        for place in &mut places {
            place.grow(2).unwrap();
            place.grow(3).unwrap();
        }
        assert_eq!(holders(&rooms.strangers), (5 * 256, 256));
        drop(places);
        assert_eq!(holders(&rooms.strangers), (0, 0));
        assert_eq!(holders(&rooms.people), (0, 0));
    }

    #[test]
    fn what_is_refused_takes_nothing() {
        let rooms = Rooms::new();
        let mut place = rooms.of_stranger(None);
        place.grow(EDITED).unwrap();
        for bytes in [1, usize::MAX] {
            assert!(place.grow(bytes).is_err());
        }
        assert_eq!(holders(&rooms.strangers), (EDITED, 1));
        drop(place);
        assert_eq!(holders(&rooms.strangers), (0, 0));
    }
}

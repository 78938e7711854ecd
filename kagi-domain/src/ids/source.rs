//! Ids that go up, within one millisecond too.

use std::{
    fmt,
    ops::Deref,
    sync::atomic::{AtomicU64, Ordering},
};

use uuid::Uuid;

use crate::{ports::Entropy, time::Timestamp};

/// How many bits of the state count within a millisecond: UUIDv7's `rand_a`.
const COUNTER_BITS: u32 = 12;
/// A new millisecond begins to count below this, so that few of them overflow.
const SEED_MASK: u64 = 0x7ff;

/// Randomness that remembers the last id made from it: each id is greater than every one that was
/// made before, whatever the clock says and whichever thread asks. Serves as [`Entropy`] as well.
///
/// RFC 9562, section 6.2, method 1: a counter in `rand_a` that begins at a random number in every
/// millisecond. When the clock stands still or steps back, the counter goes on from the last id, and
/// what overflows goes into the millisecond, so ids may run ahead of such a clock. The other 62 bits
/// are random in every id, so that those of several processes do not meet. Costs one atomic word.
pub struct IdSource<E> {
    entropy: E,
    /// Millisecond and counter of the last id.
    last: AtomicU64,
}

impl<E: Entropy> IdSource<E> {
    /// A source that has made no id yet.
    pub const fn new(entropy: E) -> Self {
        Self { entropy, last: AtomicU64::new(0) }
    }

    /// A UUIDv7 that is not from before `time`.
    pub(super) fn mint(&self, time: Timestamp) -> Uuid {
        let mut random = [0; 10];
        self.entropy.fill(&mut random);
        let [high, low, ..] = random;
        let millis = u64::try_from(time.as_millis()).unwrap_or(0);
        let earliest = (millis << COUNTER_BITS) | (u64::from(u16::from_be_bytes([high, low])) & SEED_MASK);
        let next = |last: u64| earliest.max(last.saturating_add(1));
        // Relaxed will do: all threads agree on the order in which one word changes.
        let update = self.last.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| Some(next(last)));
        let (Ok(last) | Err(last)) = update;
        let stamp = next(last);
        let [.., high, low] = stamp.to_be_bytes();
        // The builder puts the version over the four bits above the counter.
        let [first, second, ..] = &mut random;
        (*first, *second) = (high, low);
        uuid::Builder::from_unix_timestamp_millis(stamp >> COUNTER_BITS, &random).into_uuid()
    }
}

impl<E: Entropy> Entropy for IdSource<E> {
    fn fill(&self, buffer: &mut [u8]) {
        self.entropy.fill(buffer);
    }
}

impl<E> Deref for IdSource<E> {
    type Target = E;

    fn deref(&self) -> &E {
        &self.entropy
    }
}

impl<E: Entropy + Default> Default for IdSource<E> {
    fn default() -> Self {
        Self::new(E::default())
    }
}

impl<E> fmt::Debug for IdSource<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdSource")
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, thread};

    use super::*;

    /// All bits set: every counter begins at its highest, and ties break by the counter alone.
    struct Ones;

    impl Entropy for Ones {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.fill(0xff);
        }
    }

    const NOON: i64 = 1_893_499_200_000;

    fn minted(source: &IdSource<Ones>, millis: i64) -> Uuid {
        source.mint(Timestamp::from_millis(millis))
    }

    #[test]
    fn ids_of_a_clock_that_stands_still_go_up() {
        let source = IdSource::new(Ones);
        let ids: Vec<_> = (0..10_000).map(|_| minted(&source, NOON)).collect();
        assert!(ids.is_sorted_by(|a, b| a < b));
        for id in &ids {
            assert_eq!((id.get_version_num(), id.get_variant()), (7, uuid::Variant::RFC4122), "{id}");
        }
        let millis = |id: &Uuid| i64::try_from(id.as_u128() >> 80).unwrap();
        assert_eq!(millis(&ids[0]), NOON);
        assert!(millis(&ids[9999]) <= NOON + 3, "the counter's overflow goes into the millisecond");
    }

    #[test]
    fn ids_go_up_when_the_clock_steps_back_and_follow_it_when_it_is_ahead() {
        let source = IdSource::new(Ones);
        let times = [NOON, NOON + 1, NOON - 3_600_000, -5, NOON + 1, NOON + 60_000, 0];
        let ids = times.map(|millis| minted(&source, millis));
        assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
        assert_eq!(ids[5].as_u128() >> 80, u128::try_from(NOON + 60_000).unwrap());
    }

    #[test]
    fn threads_never_get_the_same_id_and_each_sees_them_go_up() {
        let source = IdSource::new(Ones);
        let ids = thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| (0..5000).map(|_| minted(&source, NOON)).collect::<Vec<_>>()))
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
        });
        assert!(ids.iter().all(|own| own.is_sorted_by(|a, b| a < b)));
        assert_eq!(ids.iter().flatten().collect::<BTreeSet<_>>().len(), 40_000);
    }
}

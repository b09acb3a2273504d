//! Host tests of the sorting in little code.

use std::collections::BTreeSet;

use clip_viewer::clip::order;
use proptest::prelude::*;

proptest! {
    #[test]
    fn sorts_as_the_standard_library_does(items in prop::collection::vec((0_u8..6, any::<u8>()), 0..60)) {
        let mut expected = items.clone();
        expected.sort_by_key(|(key, _)| *key);
        let mut sorted = items.clone();
        order::sort_by_key(&mut sorted, |(key, _)| *key);
        prop_assert_eq!(&sorted, &expected, "equal ones keep their order");
        expected.sort();
        order::sort(&mut sorted);
        prop_assert_eq!(sorted, expected);
        let set: BTreeSet<(u8, u8)> = order::collect(items.iter().copied());
        prop_assert_eq!(set, items.into_iter().collect::<BTreeSet<_>>());
    }
}

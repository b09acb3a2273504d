//! What a finger means: a way as points, and what comes of it.

use clip_viewer::session::gesture::{Across, Finger, Ground, Meaning, Point, Way};

const PHONE: Ground =
    Ground { width: 390.0, handle: None, scrolls_leftward: false, scrolls_rightward: false, is_taken: false };
const SHEET: Ground = Ground { handle: Some(600.0), ..PHONE };

/// A finger that goes straight from one place to the other, a point every 16 milliseconds.
#[track_caller]
fn check(ground: Ground, from: (f64, f64), to: (f64, f64), ms: f64, expected: Meaning) {
    let point = |share: f64| Point {
        x: from.0 + (to.0 - from.0) * share,
        y: from.1 + (to.1 - from.1) * share,
        at_ms: 1000.0 + ms * share,
    };
    let steps = (ms / 16.0).ceil().max(1.0);
    let meaning = Finger::touching(ground, point(0.0)).map_or(Meaning::Nothing, |mut finger| {
        for step in 1..steps as u32 {
            finger.moves(point(f64::from(step) / steps));
        }
        finger.lifts(point(1.0))
    });
    assert_eq!(meaning, expected, "{from:?} to {to:?} in {ms} ms on {ground:?}");
}

const LEFT: Meaning = Meaning::Swipe(Across::Leftward);
const RIGHT: Meaning = Meaning::Swipe(Across::Rightward);

#[test]
fn a_way_across_is_a_swipe_when_it_is_far_or_quick() {
    check(PHONE, (200.0, 400.0), (300.0, 410.0), 300.0, RIGHT);
    check(PHONE, (200.0, 400.0), (100.0, 390.0), 300.0, LEFT);
    check(PHONE, (200.0, 400.0), (240.0, 400.0), 60.0, RIGHT);
    check(PHONE, (200.0, 400.0), (240.0, 400.0), 390.0, Meaning::Nothing);
    check(PHONE, (200.0, 400.0), (208.0, 400.0), 16.0, Meaning::Nothing);
}

#[test]
fn a_way_down_or_aslant_scrolls() {
    check(PHONE, (200.0, 400.0), (205.0, 300.0), 120.0, Meaning::Nothing);
    check(PHONE, (200.0, 400.0), (300.0, 480.0), 200.0, Meaning::Nothing);
}

#[test]
fn what_scrolls_sideways_keeps_its_direction_alone() {
    let table = Ground { scrolls_leftward: true, ..PHONE };
    check(table, (300.0, 400.0), (150.0, 400.0), 200.0, Meaning::Nothing);
    check(table, (100.0, 400.0), (250.0, 400.0), 200.0, RIGHT);
}

#[test]
fn the_edges_belong_to_the_system() {
    check(PHONE, (20.0, 400.0), (200.0, 400.0), 200.0, Meaning::Nothing);
    check(PHONE, (370.0, 400.0), (200.0, 400.0), 200.0, Meaning::Nothing);
    check(PHONE, (25.0, 400.0), (200.0, 400.0), 200.0, RIGHT);
    // A sheet is pulled there, too, but not swept away.
    check(SHEET, (10.0, 200.0), (10.0, 500.0), 300.0, Meaning::Close);
    check(SHEET, (10.0, 200.0), (200.0, 200.0), 200.0, Meaning::Nothing);
}

#[test]
fn a_page_that_is_enlarged_or_selected_from_is_left_alone() {
    let taken = Ground { is_taken: true, ..SHEET };
    check(taken, (200.0, 400.0), (300.0, 400.0), 200.0, Meaning::Nothing);
    check(taken, (200.0, 100.0), (200.0, 400.0), 200.0, Meaning::Nothing);
}

#[test]
fn a_finger_that_rests_first_selects() {
    let mut finger = Finger::touching(PHONE, Point { x: 200.0, y: 400.0, at_ms: 0.0 }).unwrap();
    assert_eq!(finger.moves(Point { x: 202.0, y: 400.0, at_ms: 450.0 }), Way::Lost);
    assert_eq!(finger.moves(Point { x: 300.0, y: 400.0, at_ms: 500.0 }), Way::Lost);
    assert_eq!(finger.lifts(Point { x: 330.0, y: 400.0, at_ms: 510.0 }), Meaning::Nothing);
}

#[test]
fn a_swipe_that_turns_back_is_none() {
    let mut finger = Finger::touching(PHONE, Point { x: 100.0, y: 400.0, at_ms: 0.0 }).unwrap();
    for (at_ms, x) in [(50.0, 150.0), (100.0, 220.0), (150.0, 190.0)] {
        assert_eq!(finger.moves(Point { x, y: 400.0, at_ms }), Way::Across(Across::Rightward));
    }
    assert_eq!(finger.lifts(Point { x: 180.0, y: 400.0, at_ms: 180.0 }), Meaning::Nothing);
}

#[test]
fn a_sheet_follows_the_finger_and_goes_when_it_is_pulled_far_or_quickly() {
    let mut finger = Finger::touching(SHEET, Point { x: 200.0, y: 200.0, at_ms: 0.0 }).unwrap();
    assert_eq!(finger.moves(Point { x: 200.0, y: 205.0, at_ms: 16.0 }), Way::Open);
    assert_eq!(finger.moves(Point { x: 201.0, y: 230.0, at_ms: 32.0 }), Way::Down(30.0));
    assert_eq!(finger.moves(Point { x: 240.0, y: 180.0, at_ms: 48.0 }), Way::Down(0.0), "it does not rise");
    check(SHEET, (200.0, 200.0), (200.0, 350.0), 600.0, Meaning::Close);
    check(SHEET, (200.0, 200.0), (200.0, 240.0), 60.0, Meaning::Close);
    check(SHEET, (200.0, 200.0), (200.0, 260.0), 600.0, Meaning::Stay);
    // A low sheet has a shorter way.
    let low = Ground { handle: Some(200.0), ..PHONE };
    check(low, (200.0, 700.0), (200.0, 775.0), 600.0, Meaning::Close);
    check(SHEET, (200.0, 200.0), (300.0, 205.0), 200.0, RIGHT);
}

#[test]
fn a_finger_that_stands_still_in_the_end_is_not_quick() {
    let mut finger = Finger::touching(SHEET, Point { x: 200.0, y: 200.0, at_ms: 0.0 }).unwrap();
    for (at_ms, y) in [(20.0, 220.0), (40.0, 250.0), (60.0, 260.0)] {
        assert!(matches!(finger.moves(Point { x: 200.0, y, at_ms }), Way::Down(_)));
    }
    assert_eq!(finger.lifts(Point { x: 200.0, y: 260.0, at_ms: 400.0 }), Meaning::Stay);
}

//! What a finger on the page means: a swipe sideways, a pull down, or nothing that is the app's. Numbers
//! in, a meaning out; what lies under the finger is measured by the browser's room.

/// How near to the screen's edge a finger belongs to the system, whose way back begins there.
const EDGE_PX: f64 = 24.0;
/// How far a finger goes before its direction counts.
const STILL_PX: f64 = 10.0;
/// How long it may rest before: longer, and it is about to select something.
const REST_MS: f64 = 400.0;
/// How much more a swipe goes sideways than up or down.
const SLANT: f64 = 1.6;
/// How far a slow swipe goes, and a quick one.
const SWIPE_PX: (f64, f64) = (72.0, 28.0);
/// How far a slow pull goes, at most and as a share of the sheet, and a quick one.
const PULL_PX: (f64, f64) = (140.0, 20.0);
const PULL_SHARE: f64 = 0.35;
/// What is quick, in pixels a millisecond.
const QUICK: f64 = 0.45;
/// What is no longer on its way: pulled back, in pixels a millisecond.
const BACK: f64 = -0.15;
/// The last part of the way, of which the speed is taken, in milliseconds.
const LAST_MS: f64 = 100.0;

/// Where a finger is, in CSS pixels of the window, and when, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// When.
    pub at_ms: f64,
}

/// What is under a finger when it touches the page.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Ground {
    /// How wide the window is.
    pub width: f64,
    /// The height of the sheet that is pulled there; none where none is.
    pub handle: Option<f64>,
    /// Whether something scrolls there when the finger goes to the left.
    pub scrolls_leftward: bool,
    /// Whether something does when it goes to the right.
    pub scrolls_rightward: bool,
    /// Whether the page belongs to something else: it is enlarged, something is selected, or a finger there
    /// moves a knob.
    pub is_taken: bool,
}

/// A way across the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Across {
    /// To the left.
    Leftward,
    /// To the right.
    Rightward,
}

/// What a finger on its way asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Way {
    /// Nothing yet.
    Open,
    /// Nothing, until it ends: it goes sideways.
    Across(Across),
    /// That the sheet follows it, so far down.
    Down(f64),
    /// Nothing any more.
    Lost,
}

/// What a finger meant that left the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// Nothing.
    Nothing,
    /// A swipe.
    Swipe(Across),
    /// The sheet is to go.
    Close,
    /// The sheet is to go back to its place.
    Stay,
}

/// A finger, from when it touched the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Finger {
    ground: Ground,
    from: Point,
    /// The last part of its way.
    last: Vec<Point>,
    way: Way,
}

impl Finger {
    /// A finger touches the page; none where it is not the app's.
    #[must_use]
    pub fn touching(mut ground: Ground, from: Point) -> Option<Self> {
        if from.x < EDGE_PX || from.x > ground.width - EDGE_PX {
            (ground.scrolls_leftward, ground.scrolls_rightward) = (true, true);
        }
        let goes_nowhere = ground.handle.is_none() && ground.scrolls_leftward && ground.scrolls_rightward;
        let is_ours = !ground.is_taken && !goes_nowhere;
        is_ours.then(|| Self { ground, from, last: vec![from], way: Way::Open })
    }

    /// It is there now.
    pub fn moves(&mut self, to: Point) -> Way {
        self.last.retain(|point| to.at_ms - point.at_ms <= LAST_MS);
        self.last.push(to);
        let (right, down) = (to.x - self.from.x, to.y - self.from.y);
        self.way = match self.way {
            Way::Open if right.hypot(down) < STILL_PX => {
                if to.at_ms - self.from.at_ms > REST_MS {
                    Way::Lost
                } else {
                    Way::Open
                }
            }
            Way::Open => self.direction(right, down),
            Way::Down(_) => Way::Down(down.max(0.0)),
            // A swipe that turns back to where it began, or away from its line, is none.
            Way::Across(_) if down.abs() > right.abs().max(STILL_PX) => Way::Lost,
            way => way,
        };
        self.way
    }

    /// The direction that it takes.
    fn direction(&self, right: f64, down: f64) -> Way {
        if self.ground.handle.is_some() && down > right.abs() {
            return Way::Down(down);
        }
        let (across, scrolls) = if right < 0.0 {
            (Across::Leftward, self.ground.scrolls_leftward)
        } else {
            (Across::Rightward, self.ground.scrolls_rightward)
        };
        let is_level = right.abs() > down.abs() * SLANT;
        if is_level && !scrolls { Way::Across(across) } else { Way::Lost }
    }

    /// It leaves the screen there.
    #[must_use]
    pub fn lifts(mut self, at: Point) -> Meaning {
        match self.moves(at) {
            Way::Across(across) => {
                let sign = if across == Across::Leftward { -1.0 } else { 1.0 };
                let (far, speed) = ((at.x - self.from.x) * sign, self.speed(|point| point.x) * sign);
                if goes(far, speed, SWIPE_PX) { Meaning::Swipe(across) } else { Meaning::Nothing }
            }
            Way::Down(far) => {
                let height = self.ground.handle.unwrap_or_default();
                let slow = PULL_PX.0.min(height * PULL_SHARE);
                let closes = goes(far, self.speed(|point| point.y), (slow, PULL_PX.1));
                if closes { Meaning::Close } else { Meaning::Stay }
            }
            Way::Open | Way::Lost => Meaning::Nothing,
        }
    }

    /// How fast it was in the end, in pixels a millisecond.
    fn speed(&self, part: fn(&Point) -> f64) -> f64 {
        let (Some(first), Some(last)) = (self.last.first(), self.last.last()) else { return 0.0 };
        let passed_ms = last.at_ms - first.at_ms;
        if passed_ms > 0.0 { (part(last) - part(first)) / passed_ms } else { 0.0 }
    }
}

/// Whether a way is far enough: at its speed, and not pulled back.
fn goes(far: f64, speed: f64, (slow, quick): (f64, f64)) -> bool {
    (far >= slow && speed > BACK) || (far >= quick && speed >= QUICK)
}

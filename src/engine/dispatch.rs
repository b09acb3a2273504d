//! The queue in front of the worker: which job runs, which one a newer one replaces, and when a
//! worker that does not answer is given up. Pure: time comes in as numbers, actions go out.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::Ticket;

/// How long a worker may take for any clip, in milliseconds.
const BASE_LIMIT_MS: f64 = 15_000.0;
/// How much longer for each byte: half a second a megabyte.
const LIMIT_MS_PER_BYTE: f64 = 500.0 / 1_048_576.0;
/// How long a clip that nobody waits for any more may keep the worker, in milliseconds.
const GRACE_MS: f64 = 250.0;

/// What a job is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// To be shown now.
    Open,
    /// To be listed.
    Glance,
}

/// Something that the worker is asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Names it.
    pub ticket: Ticket,
    /// What for.
    pub kind: Kind,
    /// The file, for messages.
    pub name: String,
    /// Its length in bytes, which bounds the time it may take.
    pub size: usize,
}

/// What the owner of the worker is to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Send this job to the worker.
    Send(Ticket),
    /// End the worker and start a new one.
    Replace,
    /// Forget the payload of this job: a newer one took its place.
    Drop(Ticket),
    /// Tell the person that this clip took too long.
    TooLong(Job),
    /// Tell the person that this clip brought the worker down.
    Crashed(Job),
}

#[derive(Debug)]
struct Running {
    job: Job,
    deadline_ms: f64,
    superseded: bool,
}

/// The queue. One job runs at a time; a newer `Open` takes the place of every older one.
#[derive(Debug, Default)]
pub struct Dispatcher {
    running: Option<Running>,
    waiting: VecDeque<Job>,
}

impl Dispatcher {
    /// Takes a job in.
    pub fn submit(&mut self, job: Job, now_ms: f64) -> Vec<Action> {
        let mut actions = Vec::new();
        if job.kind == Kind::Open {
            let (old, kept): (VecDeque<Job>, VecDeque<Job>) =
                self.waiting.drain(..).partition(|j| j.kind == Kind::Open);
            self.waiting = kept;
            actions.extend(old.into_iter().map(|j| Action::Drop(j.ticket)));
            if let Some(running) = &mut self.running {
                // A glance is only put off: it is done again once the opened clip is shown.
                running.superseded = running.job.kind == Kind::Open;
                running.deadline_ms = running.deadline_ms.min(now_ms + GRACE_MS);
            }
            self.waiting.push_front(job);
        } else {
            self.waiting.push_back(job);
        }
        actions.extend(self.next(now_ms));
        actions
    }

    /// Nobody wants that clip any more: it is forgotten, and its worker ended if it runs.
    pub fn cancel(&mut self, ticket: Ticket, now_ms: f64) -> Vec<Action> {
        if let Some(running) = self.running.as_mut().filter(|r| r.job.ticket == ticket) {
            running.superseded = true;
            return self.give_up(now_ms, Action::TooLong);
        }
        let waiting = self.waiting.len();
        self.waiting.retain(|job| job.ticket != ticket);
        if self.waiting.len() < waiting { vec![Action::Drop(ticket)] } else { Vec::new() }
    }

    /// The worker finished a job, or nothing that is known.
    pub fn finished(&mut self, ticket: Ticket, now_ms: f64) -> Vec<Action> {
        if self.running.as_ref().is_some_and(|r| r.job.ticket == ticket) {
            self.running = None;
        }
        self.next(now_ms).into_iter().collect()
    }

    /// Time has passed; to be called at [`Dispatcher::deadline_ms`] or later.
    pub fn tick(&mut self, now_ms: f64) -> Vec<Action> {
        if self.deadline_ms().is_none_or(|deadline| now_ms < deadline) {
            return Vec::new();
        }
        self.give_up(now_ms, Action::TooLong)
    }

    /// The worker died.
    pub fn crashed(&mut self, now_ms: f64) -> Vec<Action> {
        self.give_up(now_ms, Action::Crashed)
    }

    fn give_up(&mut self, now_ms: f64, reason: impl Fn(Job) -> Action) -> Vec<Action> {
        let mut actions = vec![Action::Replace];
        if let Some(running) = self.running.take() {
            let put_off = running.job.kind == Kind::Glance && self.open_waits();
            if running.superseded {
                actions.push(Action::Drop(running.job.ticket));
            } else if put_off {
                self.waiting.push_back(running.job);
            } else {
                actions.push(reason(running.job));
            }
        }
        actions.extend(self.next(now_ms));
        actions
    }

    fn open_waits(&self) -> bool {
        self.waiting.front().is_some_and(|j| j.kind == Kind::Open)
    }

    /// When the running job's time is over, on the clock of the calls.
    #[must_use]
    pub fn deadline_ms(&self) -> Option<f64> {
        self.running.as_ref().map(|r| r.deadline_ms)
    }

    /// Whether the answers to that ticket are still wanted.
    #[must_use]
    pub fn wants(&self, ticket: Ticket) -> bool {
        self.running.as_ref().is_some_and(|r| r.job.ticket == ticket && !r.superseded)
    }

    fn next(&mut self, now_ms: f64) -> Option<Action> {
        if self.running.is_some() {
            return None;
        }
        let job = self.waiting.pop_front()?;
        let ticket = job.ticket;
        let deadline_ms = now_ms + BASE_LIMIT_MS + job.size as f64 * LIMIT_MS_PER_BYTE;
        self.running = Some(Running { job, deadline_ms, superseded: false });
        Some(Action::Send(ticket))
    }
}

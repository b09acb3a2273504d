//! The queue in front of the worker: which clip is being read, which one a newer one replaces, and
//! when a worker that does not answer is given up. Pure: time comes in as numbers, actions go out.

use super::Ticket;

/// How long a worker may take for any clip, in milliseconds.
const BASE_LIMIT_MS: f64 = 15_000.0;
/// How much longer for each byte: half a second a megabyte.
const LIMIT_MS_PER_BYTE: f64 = 500.0 / 1_048_576.0;
/// How long a clip that nobody waits for any more may keep the worker, in milliseconds.
const GRACE_MS: f64 = 250.0;

/// How long a worker may take for so many bytes, in milliseconds.
#[must_use]
pub fn limit_ms(size: u64) -> f64 {
    BASE_LIMIT_MS + size as f64 * LIMIT_MS_PER_BYTE
}

/// A clip that the worker is asked to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Names it.
    pub ticket: Ticket,
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

/// The queue: one clip is read at a time, and the newest one is the next.
#[derive(Debug, Default)]
pub struct Dispatcher {
    running: Option<Running>,
    waiting: Option<Job>,
}

impl Dispatcher {
    /// Takes a job in.
    pub fn submit(&mut self, job: Job, now_ms: f64) -> Vec<Action> {
        let mut actions: Vec<Action> =
            self.waiting.replace(job).map(|old| Action::Drop(old.ticket)).into_iter().collect();
        if let Some(running) = &mut self.running {
            running.superseded = true;
            running.deadline_ms = running.deadline_ms.min(now_ms + GRACE_MS);
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
        let dropped = self.waiting.take_if(|job| job.ticket == ticket);
        dropped.map(|job| Action::Drop(job.ticket)).into_iter().collect()
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
        if let Some(Running { job, superseded, .. }) = self.running.take() {
            actions.push(if superseded { Action::Drop(job.ticket) } else { reason(job) });
        }
        actions.extend(self.next(now_ms));
        actions
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
        let job = self.waiting.take()?;
        let ticket = job.ticket;
        let deadline_ms = now_ms + limit_ms(job.size as u64);
        self.running = Some(Running { job, deadline_ms, superseded: false });
        Some(Action::Send(ticket))
    }
}

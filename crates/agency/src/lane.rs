//! `Lane`: the thread of a lane's writer and its bounded queue. It commits what has queued, and after a fault opens the lane anew.

mod pace;

use std::collections::{HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{
    Receiver, RecvTimeoutError, Sender, SyncSender, TrySendError, channel, sync_channel,
};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use store::{LaneId, LaneStore, StoreError};

use crate::act::Message;
use crate::office::Office;
use crate::refused::Refused;
use crate::request::Request;
use crate::writer::{Asked, Done, Outbound, Sweep, Swept, Writer, received};

use pace::Pace;

/// Requests that may wait; beyond them a caller is told to try again.
const QUEUE: usize = 4096;
/// Requests that one commit takes at most.
const CAP: usize = 256;

/// What a lane's thread can be asked.
pub(crate) enum Job {
    One(Asked),
    /// A message of another lane; when it has arrived, its sender is told.
    Message(LaneId, Outbound),
    /// A message of this lane has arrived.
    Delivered(u64),
    Sweep(Sweep, Sender<Result<Swept, StoreError>>),
    Bulk(Vec<Request>, Sender<Result<Swept, StoreError>>),
    /// Something that only reads, or that the office writes.
    Read(Reads),
    /// Send again what has not arrived.
    Resend,
    End,
}

/// Something that only reads; it says whether the database still answers.
pub(crate) type Reads = Box<dyn FnOnce(Result<&mut dyn LaneStore, StoreError>) -> Answers + Send>;

/// Whether the database answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answers {
    Yes,
    /// The lane is opened anew before the next work.
    No,
}

impl Answers {
    /// A row that breaks its form was read all the same.
    pub(crate) fn of<T>(read: &Result<T, StoreError>) -> Answers {
        match read {
            Ok(_) | Err(StoreError::Damaged { .. }) => Answers::Yes,
            Err(_) => Answers::No,
        }
    }
}

/// Opens the lane's database; also after a fault.
pub(crate) type Open = Box<dyn FnMut() -> Result<Box<dyn LaneStore>, StoreError> + Send>;

/// The lanes of a region by their numbers, so that they can send to each other.
pub(crate) type Queues = Arc<Mutex<HashMap<LaneId, SyncSender<Job>>>>;

/// How long an idle lane waits before it knocks again at a queue that was full.
const AGAIN: Duration = Duration::from_millis(20);

/// What goes to other lanes: into their queues, or, where a queue is full, to wait here until there is room.
#[derive(Clone)]
struct Post {
    queues: Queues,
    /// In the order in which they were sent. What waits when the program ends stands in the outbox.
    waiting: Arc<Mutex<VecDeque<(LaneId, Job)>>>,
}

impl Post {
    fn send(&self, to: LaneId, job: Job) {
        let Some(job) = self.tried(to, job) else {
            return;
        };
        lock(&self.waiting).push_back((to, job));
    }

    /// Tries what waits once more.
    fn again(&self) {
        let waiting = std::mem::take(&mut *lock(&self.waiting));
        for (to, job) in waiting {
            self.send(to, job);
        }
    }

    fn waits(&self) -> bool {
        !lock(&self.waiting).is_empty()
    }

    /// The job again if the queue is full; for a lane that has ended nothing can be done.
    fn tried(&self, to: LaneId, job: Job) -> Option<Job> {
        let queues = lock(&self.queues);
        match queues.get(&to)?.try_send(job) {
            Err(TrySendError::Full(job)) => Some(job),
            Ok(()) | Err(TrySendError::Disconnected(_)) => None,
        }
    }
}

/// The thread of a lane's writer.
pub(crate) struct Lane {
    queue: SyncSender<Job>,
    thread: Option<JoinHandle<()>>,
}

impl Lane {
    /// Opens a lane and starts its thread.
    pub(crate) fn start(
        id: LaneId,
        lanes: u8,
        mut open: Open,
        office: Arc<RwLock<Arc<Office>>>,
        queues: Queues,
    ) -> Result<Lane, StoreError> {
        let (queue, jobs) = sync_channel(QUEUE);
        let writer = Writer::new(open()?, lanes)?;
        lock(&queues).insert(id, queue.clone());
        let worker = Worker {
            id,
            lanes,
            open,
            writer: Some(writer),
            reopened: false,
            pace: Pace::default(),
            office,
            post: Post {
                queues,
                waiting: Arc::default(),
            },
        };
        let thread = std::thread::Builder::new()
            .name(format!("lane {id}"))
            .spawn(move || worker.run(&jobs))
            .map_err(|source| StoreError::File {
                path: "thread".into(),
                source,
            })?;
        Ok(Lane {
            queue,
            thread: Some(thread),
        })
    }

    /// Queues a request; refuses at once when too many wait.
    pub(crate) fn submit(&self, request: Request, done: Done) {
        match self.queue.try_send(Job::One(Asked { request, done })) {
            Ok(()) => {}
            Err(TrySendError::Full(Job::One(asked))) => (asked.done)(Err(Refused::Busy)),
            Err(TrySendError::Disconnected(Job::One(asked))) => {
                (asked.done)(Err(Refused::Unavailable("the lane has ended".into())));
            }
            Err(_) => {}
        }
    }

    /// Queues something that reads; tells it at once when too many wait.
    pub(crate) fn read(&self, lane: LaneId, read: Reads) {
        match self.queue.try_send(Job::Read(read)) {
            Ok(()) => {}
            Err(TrySendError::Full(Job::Read(read))) => {
                read(Err(StoreError::Busy { lane }));
            }
            Err(TrySendError::Disconnected(Job::Read(read))) => {
                let path = lane.to_string().into();
                read(Err(StoreError::Absent { path }));
            }
            Err(_) => {}
        }
    }

    /// Queues work that waits for room.
    pub(crate) fn send(&self, job: Job) -> bool {
        self.queue.send(job).is_ok()
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        let _ = self.queue.send(Job::End);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct Worker {
    id: LaneId,
    lanes: u8,
    open: Open,
    /// None after a fault, until the lane is opened anew.
    writer: Option<Writer>,
    /// The lane was opened anew, and what was on its way has not been sent again yet.
    reopened: bool,
    pace: Pace,
    office: Arc<RwLock<Arc<Office>>>,
    post: Post,
}

impl Worker {
    fn run(mut self, jobs: &Receiver<Job>) {
        // A job that waits for its turn because the one before it must be committed first.
        let mut next = None;
        while let Some(job) = next.take().or_else(|| self.next(jobs)) {
            match job {
                Job::End => return,
                Job::Sweep(mut sweep, told) => self.guarded(|lane| {
                    let office = lane.office();
                    let swept = lane.with(|writer| writer.sweep(&office, &mut sweep));
                    lane.tell(swept, &told);
                }),
                Job::Bulk(requests, told) => self.guarded(|lane| {
                    let office = lane.office();
                    let done = lane.with(|writer| writer.bulk(&office, requests));
                    lane.tell(done, &told);
                }),
                Job::Read(read) => self.guarded(|lane| lane.read(read)),
                Job::Resend => self.guarded(Worker::resend),
                first => next = self.turn(first, jobs),
            }
            // What was on its way when the lane broke down may have been forgotten.
            if self.reopened && self.writer.is_some() {
                self.reopened = false;
                self.guarded(Worker::resend);
            }
            self.post.again();
        }
    }

    /// The next job; while something waits for room in another lane's queue, that is tried in between.
    fn next(&self, jobs: &Receiver<Job>) -> Option<Job> {
        while self.post.waits() {
            match jobs.recv_timeout(AGAIN) {
                Ok(job) => return Some(job),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => self.post.again(),
            }
        }
        jobs.recv().ok()
    }

    /// Works so that a panic, in our code or a caller's, is a fault like any other: whoever waits hears that there is no answer, and the
    /// lane is opened anew. What was not committed is not done.
    fn guarded(&mut self, work: impl FnOnce(&mut Worker)) {
        // Nothing of the writer is used after a panic.
        if catch_unwind(AssertUnwindSafe(|| work(self))).is_err() {
            self.writer = None;
        }
    }

    /// Takes what has queued, or on a busy lane queues within the stride, up to the cap and commits it; returns the job that must wait. What only reads does not cut the batch short:
    /// it is put aside until the commit, so that it sees all that was asked before it.
    fn turn(&mut self, first: Job, jobs: &Receiver<Job>) -> Option<Job> {
        self.gather();
        let began = Instant::now();
        let mut asked = Vec::new();
        let (mut delivered, mut aside) = (Vec::new(), Vec::new());
        let mut next = Some(first);
        loop {
            match next.take() {
                Some(Job::One(one)) => asked.push(one),
                Some(Job::Message(from, message)) => asked.push(self.arriving(from, message)),
                Some(Job::Delivered(number)) => delivered.push(number),
                Some(Job::Read(read)) => aside.push(read),
                Some(other) => {
                    next = Some(other);
                    break;
                }
                None => break,
            }
            if asked.len() + aside.len() >= CAP {
                break;
            }
            next = jobs.try_recv().ok();
        }
        self.pace.turned(began, asked.len());
        self.guarded(|lane| lane.carry_out(asked, delivered));
        for read in aside {
            self.guarded(|lane| lane.read(read));
        }
        next
    }

    /// Lets more requests queue where they come close upon one another.
    fn gather(&self) {
        let until = Instant::now() + self.pace.left(Instant::now());
        // The queue may wake the thread before.
        while let Some(left) = until
            .checked_duration_since(Instant::now())
            .filter(|left| !left.is_zero())
        {
            std::thread::park_timeout(left);
        }
    }

    fn read(&mut self, read: Reads) {
        let answers = match self.opened() {
            Ok(writer) => read(Ok(writer.store())),
            Err(error) => read(Err(error)),
        };
        if answers == Answers::No {
            self.writer = None;
        }
    }

    fn carry_out(&mut self, asked: Vec<Asked>, delivered: Vec<u64>) {
        let office = self.office();
        if let Err(error) = self.opened() {
            for one in asked {
                (one.done)(Err(Refused::Unavailable(error.to_string())));
            }
            return;
        }
        let Some(writer) = &mut self.writer else {
            return;
        };
        match writer.turn(&office, asked, delivered) {
            Ok(outbound) => {
                self.post(outbound);
            }
            // Whatever is in memory may be ahead of the database: read it anew.
            Err(_) => self.writer = None,
        }
    }

    /// A message as a request; when it is recorded, or was before, its sender is told.
    fn arriving(&self, from: LaneId, outbound: Outbound) -> Asked {
        let request = received(from, outbound.number, &outbound.message);
        let post = self.post.clone();
        let number = outbound.number;
        let done: Done = Box::new(move |answer| {
            if answer.is_ok() {
                post.send(from, Job::Delivered(number));
            }
        });
        Asked { request, done }
    }

    /// Hands messages to their lanes; one that finds no room is tried again after the next turn.
    fn post(&self, outbound: Vec<Outbound>) {
        for message in outbound {
            self.post.send(message.to, Job::Message(self.id, message));
        }
    }

    fn resend(&mut self) {
        let mut after = 0;
        loop {
            let rows = self.with(|writer| writer.store().outbox(after, 256));
            let Ok(rows) = rows else { return };
            let Some(last) = rows.last() else { return };
            after = last.number;
            let outbound = rows.into_iter().filter_map(|row| {
                let message: Message = serde_json::from_str(&row.body).ok()?;
                Some(Outbound {
                    number: row.number,
                    to: row.to,
                    message,
                })
            });
            self.post(outbound.collect());
        }
    }

    fn tell(
        &mut self,
        done: Result<(Swept, Vec<Outbound>), StoreError>,
        told: &Sender<Result<Swept, StoreError>>,
    ) {
        let swept = done.map(|(swept, outbound)| {
            self.post(outbound);
            swept
        });
        let _ = told.send(swept);
    }

    /// Works with the writer; after a fault the lane is opened anew before the next work.
    fn with<T>(
        &mut self,
        work: impl FnOnce(&mut Writer) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let done = work(self.opened()?);
        if done.is_err() {
            self.writer = None;
        }
        done
    }

    fn opened(&mut self) -> Result<&mut Writer, StoreError> {
        if self.writer.is_none() {
            self.writer = Some(Writer::new((self.open)()?, self.lanes)?);
            self.reopened = true;
        }
        self.writer.as_mut().ok_or(StoreError::Absent {
            path: self.id.to_string().into(),
        })
    }

    fn office(&self) -> Arc<Office> {
        Arc::clone(&self.office.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A lock whose holder panicked still guards a whole map: it is only inserted into.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A channel for one answer.
pub(crate) fn told<T>() -> (Sender<T>, Receiver<T>) {
    channel()
}

//! The drive: one thread that keeps many connections busy, one message in flight on each.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::os::fd::OwnedFd;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use rustix::event::{Timespec, epoll};

use super::checks::{self, Broken, Known};
use super::http::{self, Head, Post};
use super::lists::Lists;
use super::message::{Messages, Saying};
use super::order::{Order, Piece};
use super::scan::{Amount, Answer, Fields};
use super::tally::{Failure, Tally};
use super::visit::{Call, Says, Visit};

/// How long answers that are still on their way at the end are waited for.
const GRACE: Duration = Duration::from_secs(5);
/// A start that was due this long before the end had its time; a thread may be woken late by less.
const LATE: Duration = Duration::from_millis(100);
/// A read takes what has arrived, up to this.
const READ: usize = 64 * 1024;

struct Connection {
    stream: TcpStream,
    out: Vec<u8>,
    written: usize,
    input: Vec<u8>,
    visit: Option<Visit>,
    call: Call,
    /// When the call and the visit should have begun; a paced load counts from here, so that no stall is hidden.
    sent: Instant,
    begun: Instant,
}

struct Drive<'a> {
    order: Order,
    lists: &'a Lists,
    messages: Messages,
    fields: Fields,
    post: Post,
    poll: OwnedFd,
    connections: Vec<Connection>,
    idle: Vec<usize>,
    random: fastrand::Rng,
    /// Messages that this thread has sent, and visits that it has begun.
    messages_sent: u64,
    visits_begun: u64,
    /// Of this thread's own persons: whether a visit is under way, and the balance after the last.
    busy: Vec<bool>,
    balances: Vec<Option<i64>>,
    answer: Answer,
    body: Vec<u8>,
    arrived: Vec<u8>,
    interval: u64,
    tally: Tally,
}

/// Drives until the order's end, handing in a piece for every interval.
pub(super) fn run(order: Order, lists: &Lists, pieces: &Sender<Piece>) -> Result<(), String> {
    let mut drive = Drive::new(order, lists)?;
    let mut events = Vec::with_capacity(256);
    let end = drive.order.end();
    loop {
        let now = Instant::now();
        let over = now >= end;
        drive.hand_in(drive.order.interval(now).min(drive.order.last()), pieces)?;
        if !over {
            drive.begin_visits(now)?;
        } else if drive.idle.len() == drive.connections.len() || now >= end + GRACE {
            return drive.close(pieces);
        }
        let wait = Timespec::try_from(drive.patience(Instant::now(), over))
            .map_err(|_| "the wait is too long")?;
        match epoll::wait(
            &drive.poll,
            rustix::buffer::spare_capacity(&mut events),
            Some(&wait),
        ) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(why) => return Err(format!("cannot wait for answers: {why}")),
        }
        for event in events.drain(..) {
            drive.ready(event.data.u64() as usize)?;
        }
    }
}

impl<'a> Drive<'a> {
    fn new(order: Order, lists: &'a Lists) -> Result<Drive<'a>, String> {
        let poll = epoll::create(epoll::CreateFlags::CLOEXEC)
            .map_err(|why| format!("cannot make a poll: {why}"))?;
        let persons = lists.persons.count().div_ceil(order.threads);
        let mut drive = Drive {
            lists,
            messages: Messages::read()?,
            fields: Fields::read()?,
            post: Post::to(&order.path, &order.address.to_string(), &order.headers),
            poll,
            connections: Vec::new(),
            idle: Vec::new(),
            random: fastrand::Rng::with_seed(order.seed + order.thread as u64),
            messages_sent: 0,
            visits_begun: 0,
            busy: vec![false; persons],
            balances: vec![None; persons],
            answer: Answer::default(),
            body: Vec::new(),
            arrived: vec![0; READ],
            interval: 0,
            tally: Tally::new()?,
            order,
        };
        for place in 0..drive.order.connections {
            let stream = drive.connect(place)?;
            let now = Instant::now();
            drive.connections.push(Connection {
                stream,
                out: Vec::new(),
                written: 0,
                input: Vec::new(),
                visit: None,
                call: Call::Person,
                sent: now,
                begun: now,
            });
            drive.idle.push(place);
        }
        Ok(drive)
    }

    fn connect(&self, place: usize) -> Result<TcpStream, String> {
        let address = self.order.address;
        let failed = |why: std::io::Error| format!("cannot connect to {address}: {why}");
        let stream = TcpStream::connect_timeout(&address, GRACE).map_err(failed)?;
        stream.set_nodelay(true).map_err(failed)?;
        stream.set_nonblocking(true).map_err(failed)?;
        let data = epoll::EventData::new_u64(place as u64);
        epoll::add(&self.poll, &stream, data, epoll::EventFlags::IN)
            .map_err(|why| failed(why.into()))?;
        Ok(stream)
    }

    /// Hands in the tally of every interval before this one.
    fn hand_in(&mut self, current: u64, pieces: &Sender<Piece>) -> Result<(), String> {
        while self.interval < current {
            let tally = std::mem::replace(&mut self.tally, Tally::new()?);
            let interval = self.interval;
            let handed = pieces.send(Piece { interval, tally });
            handed.map_err(|_| "nobody takes the tallies")?;
            self.interval += 1;
        }
        Ok(())
    }

    /// Hands in the last tally, with what never came.
    fn close(&mut self, pieces: &Sender<Piece>) -> Result<(), String> {
        for connection in &self.connections {
            if connection.visit.is_some() {
                let text = "no answer, long after the end";
                let call = connection.call;
                self.tally.failed(Failure::Broken, call, text, String::new);
            }
        }
        self.tally.behind = self.behind();
        self.hand_in(self.order.last() + 1, pieces)
    }

    /// The number, over all threads, of this thread's next start.
    fn next_start(&self) -> u64 {
        self.visits_begun * self.order.threads as u64 + self.order.thread as u64
    }

    /// How many starts were due a while before the end and have not begun.
    fn behind(&self) -> u64 {
        let Some(rate) = self.order.rate else {
            return 0;
        };
        let latest = self.order.end() - LATE.min(self.order.length);
        let threads = self.order.threads as u64;
        let due = |start: &u64| self.order.due(*start, rate) < latest;
        let starts = (0..).map(|more| self.next_start() + more * threads);
        starts.take_while(due).count() as u64
    }

    fn begin_visits(&mut self, now: Instant) -> Result<(), String> {
        while let Some(place) = self.idle.last().copied() {
            let due = match self.order.rate {
                None => now,
                Some(rate) => self.order.due(self.next_start(), rate),
            };
            if due > now || !self.begin(place, due)? {
                break;
            }
        }
        Ok(())
    }

    /// Begins a visit of a person who is on no other; false if nobody was found.
    fn begin(&mut self, place: usize, due: Instant) -> Result<bool, String> {
        let Some(own) = self.free_person() else {
            return Ok(false);
        };
        let kind = self.order.mix.draw(&mut self.random);
        let person = own * self.order.threads + self.order.thread;
        let serial = self.next_start();
        let visit = Visit::draw(kind, person, self.lists, &mut self.random, serial);
        self.visits_begun += 1;
        self.busy[own] = true;
        self.idle.pop();
        self.connections[place].begun = due;
        self.say(place, visit, due)?;
        Ok(true)
    }

    fn free_person(&mut self) -> Option<usize> {
        let threads = self.order.threads;
        let beyond = self.lists.persons.count() - self.order.thread;
        let own = beyond.div_ceil(threads);
        let mut draws = (0..1_000).map(|_| self.random.usize(0..own));
        draws.find(|person| !self.busy[*person])
    }

    /// Sends the visit's next call, or ends the visit.
    fn say(&mut self, place: usize, visit: Visit, due: Instant) -> Result<(), String> {
        let Some(call) = visit.call() else {
            self.tally.visited(due - self.connections[place].begun);
            self.leave(place, &visit);
            return Ok(());
        };
        let serial = self.messages_sent * self.order.threads as u64 + self.order.thread as u64;
        self.messages_sent += 1;
        let now = self.order.clock.now(due);
        let saying = Saying {
            lists: self.lists,
            visit: &visit,
            call,
            serial,
            run: &self.order.run,
            now: &now,
            area: &self.order.area,
        };
        self.body.clear();
        self.messages.write(&saying, &mut self.body);
        let connection = &mut self.connections[place];
        connection.out.clear();
        connection.written = 0;
        connection.input.clear();
        self.post.write(&self.body, &mut connection.out);
        connection.call = call;
        connection.sent = due;
        connection.visit = Some(visit);
        self.write(place)
    }

    fn leave(&mut self, place: usize, visit: &Visit) {
        self.busy[visit.person / self.order.threads] = false;
        self.idle.push(place);
    }

    fn write(&mut self, place: usize) -> Result<(), String> {
        let connection = &mut self.connections[place];
        let was_waiting = connection.written > 0;
        while connection.written < connection.out.len() {
            match connection
                .stream
                .write(&connection.out[connection.written..])
            {
                Ok(0) => return self.broken(place, "the connection takes nothing"),
                Ok(count) => connection.written += count,
                Err(why) if why.kind() == ErrorKind::WouldBlock => {
                    return self.watch(place, epoll::EventFlags::IN | epoll::EventFlags::OUT);
                }
                Err(why) if why.kind() == ErrorKind::Interrupted => {}
                Err(why) => return self.broken(place, &format!("cannot write: {}", why.kind())),
            }
        }
        match was_waiting {
            true => self.watch(place, epoll::EventFlags::IN),
            false => Ok(()),
        }
    }

    fn watch(&self, place: usize, flags: epoll::EventFlags) -> Result<(), String> {
        let stream = &self.connections[place].stream;
        let data = epoll::EventData::new_u64(place as u64);
        epoll::modify(&self.poll, stream, data, flags)
            .map_err(|why| format!("cannot watch a connection: {why}"))
    }

    /// A connection can be read, or written on.
    fn ready(&mut self, place: usize) -> Result<(), String> {
        if self.connections[place].written < self.connections[place].out.len() {
            self.write(place)?;
        }
        let connection = &mut self.connections[place];
        match connection.stream.read(&mut self.arrived) {
            Ok(0) => return self.broken(place, "the server closed the connection"),
            Ok(count) => connection.input.extend_from_slice(&self.arrived[..count]),
            Err(why) if matches!(why.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => {
                return Ok(());
            }
            Err(why) => return self.broken(place, &format!("cannot read: {}", why.kind())),
        }
        match http::head(&connection.input) {
            Ok(Some(head)) if connection.input.len() >= head.body.end => {
                self.answered(place, &head, Instant::now())
            }
            Ok(_) => Ok(()),
            Err(why) => self.broken(place, &why),
        }
    }

    /// A connection is of no use any more: its visit is given up, and it is made anew.
    fn broken(&mut self, place: usize, why: &str) -> Result<(), String> {
        if let Some(visit) = self.connections[place].visit.take() {
            let call = self.connections[place].call;
            self.tally.failed(Failure::Broken, call, why, String::new);
            // Whether the call was carried out is not known.
            self.balances[visit.person / self.order.threads] = None;
            self.leave(place, &visit);
        }
        self.renew(place)
    }

    fn renew(&mut self, place: usize) -> Result<(), String> {
        self.connections[place].stream = self.connect(place)?;
        self.connections[place].input.clear();
        self.connections[place].out.clear();
        self.connections[place].written = 0;
        Ok(())
    }

    /// An answer has arrived whole: it is timed, checked, and the visit goes on or is given up.
    fn answered(&mut self, place: usize, head: &Head, now: Instant) -> Result<(), String> {
        let connection = &mut self.connections[place];
        let Some(mut visit) = connection.visit.take() else {
            return self.broken(place, "an answer to nothing");
        };
        let call = connection.call;
        self.tally.answered(call, now - connection.sent);
        let body = std::mem::take(&mut connection.input);
        let heard = self.hear(&mut visit, call, head.status, &body[head.body.clone()]);
        if let Err((failure, text)) = &heard {
            let asked = &self.connections[place].out;
            self.tally.failed(*failure, call, text, || {
                let texts = [asked.as_slice(), &body].map(String::from_utf8_lossy);
                format!("{}\n{}", texts[0], texts[1])
            });
        }
        self.connections[place].input = body;
        if head.closes {
            self.renew(place)?;
        }
        match heard {
            Ok(()) => visit.step(),
            Err(_) => {
                self.leave(place, &visit);
                return Ok(());
            }
        }
        // After the end no further call is made, but a visit that is over counts.
        if now < self.order.end() || visit.call().is_none() {
            return self.say(place, visit, now);
        }
        self.leave(place, &visit);
        Ok(())
    }

    /// Reads an answer, checks it, and keeps what the visit needs of it.
    fn hear(
        &mut self,
        visit: &mut Visit,
        call: Call,
        status: u16,
        body: &[u8],
    ) -> Result<(), (Failure, String)> {
        if status != 200 {
            return Err((Failure::Broken, format!("HTTP status {status}")));
        }
        let scanned = self.answer.scan(body, &self.fields);
        scanned.map_err(|why| (Failure::Broken, why))?;
        if body[self.answer.outcome.clone()] != *b"0" {
            let text = String::from_utf8_lossy(&body[self.answer.error.clone()]);
            return Err((Failure::Refused, text.into_owned()));
        }
        let wrong = |broken: Broken| {
            (
                Failure::Wrong,
                format!("{}: {}", broken.rule, broken.figures),
            )
        };
        match call.says() {
            Says::Nothing => Ok(()),
            Says::Balance => {
                self.keep_balance(visit.person, body);
                Ok(())
            }
            Says::VisitNumber => {
                visit.number = body[self.answer.visit.clone()].to_vec();
                match visit.number.is_empty() {
                    true => Err((Failure::Wrong, "the visit has no number".to_owned())),
                    false => Ok(()),
                }
            }
            Says::Lines => {
                self.tally.checked += 1;
                checks::lines(&self.answer).map_err(wrong)
            }
            Says::Trial | Says::Settlement => self.check(visit, call, body).map_err(wrong),
        }
    }

    /// The balance of the insurance in force that the list says.
    fn keep_balance(&mut self, person: usize, body: &[u8]) {
        let insurance = self.lists.persons.value(person, 3).as_bytes();
        let in_force = self.answer.insured.iter().find(|insured| {
            body[insured.insurance.clone()] == *insurance && body[insured.standing.clone()] == *b"1"
        });
        self.balances[person / self.order.threads] = in_force.and_then(|insured| insured.balance);
    }

    fn check(&mut self, visit: &mut Visit, call: Call, body: &[u8]) -> Result<(), Broken> {
        let trial = call.says() == Says::Trial;
        let balance = &mut self.balances[visit.person / self.order.threads];
        let known = Known {
            sent: Some(visit.total()),
            person: Some(self.lists.persons.value(visit.person, 0).as_bytes()),
            balance: if trial { None } else { *balance },
            trial: if trial { None } else { visit.tried.as_ref() },
        };
        let known = if self.order.constant {
            Known::default()
        } else {
            known
        };
        self.tally.checked += 1;
        let result = checks::settlement(&self.answer, body, known);
        match trial {
            true => visit.tried = Some(self.answer.settled),
            false => {
                *balance = self.answer.settled[Amount::Balance as usize];
                self.tally.settlements += 1;
            }
        }
        result
    }

    /// How long nothing has to be begun or handed in.
    fn patience(&self, now: Instant, over: bool) -> Duration {
        let until = match self.order.rate {
            _ if over => self.order.end() + GRACE,
            Some(rate) if !self.idle.is_empty() => {
                let due = self.order.due(self.next_start(), rate);
                due.min(self.order.ends(self.interval))
            }
            _ => self.order.ends(self.interval),
        };
        until.saturating_duration_since(now)
    }
}

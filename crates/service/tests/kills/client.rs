//! `Teller`: a client with persons of its own, which sells and settles until nobody answers, and asks again for what it did not hear.

use std::net::SocketAddr;

use serde_json::{Value, json};

use crate::proof::http::Client;
use crate::proof::say::{self, line};
use crate::proof::{HOSPITAL, PHARMACY, Person};

/// A message, and what it was answered if it was.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) message: Value,
    pub(crate) output: Option<Value>,
}

impl Said {
    pub(crate) fn is(&self, number: &str) -> bool {
        self.message["infno"] == number
    }

    /// The key under which the agency keeps it.
    pub(crate) fn key(&self) -> String {
        let text = |name: &str| self.message[name].as_str().unwrap().to_owned();
        format!(
            "{}/{}/{}",
            text("fixmedins_code"),
            text("infno"),
            text("msgid")
        )
    }
}

/// A client.
pub(crate) struct Teller {
    name: usize,
    people: Vec<Person>,
    serial: u32,
    pub(crate) said: Vec<Said>,
    /// How many were asked again already.
    again: usize,
}

/// Nobody answered.
struct Silence;

impl Teller {
    pub(crate) fn new(name: usize, people: &[Person]) -> Teller {
        Teller {
            name,
            people: people.to_vec(),
            serial: 0,
            said: Vec::new(),
            again: 0,
        }
    }

    /// What has no answer.
    pub(crate) fn open(&self) -> impl Iterator<Item = &Said> {
        self.said.iter().filter(|said| said.output.is_none())
    }

    /// Asks again for everything since the last time, then goes on while it is answered.
    pub(crate) fn talk(&mut self, address: SocketAddr, goes_on: bool) {
        let Ok(mut client) = Client::new(address) else {
            return;
        };
        if self.once_more(&mut client).is_err() {
            return;
        }
        while goes_on && self.visit(&mut client).is_ok() {}
    }

    fn once_more(&mut self, client: &mut Client) -> Result<(), Silence> {
        let open = self.said.iter().position(|said| said.output.is_none());
        let from = self.again.min(open.unwrap_or(self.said.len()));
        for n in from..self.said.len() {
            let message = self.said[n].message.clone();
            let output = sent(client, &message)?;
            match &self.said[n].output {
                Some(before) => assert_eq!(*before, output, "{message}"),
                None => {
                    assert_eq!(sent(client, &message)?, output, "{message}");
                    self.said[n].output = Some(output);
                }
            }
            self.again = n + 1;
        }
        Ok(())
    }

    /// A purchase, or a visit with a batch that is settled.
    fn visit(&mut self, client: &mut Client) -> Result<(), Silence> {
        self.serial += 1;
        let person = self.people[self.serial as usize % 2].clone();
        let lines = [
            line("1", "XA00SYN004A001010100004", 1, 200),
            line("2", "XA00SYN002A001010100002", 3, 333),
        ];
        if self.serial.is_multiple_of(3) {
            self.say(client, (PHARMACY, "2102"), say::purchase(&person, &lines))?;
            return Ok(());
        }
        let opened = self.say(client, (HOSPITAL, "2201"), say::register(&person))?;
        let visit = opened["data"]["mdtrt_id"].as_str().unwrap();
        self.say(
            client,
            (HOSPITAL, "2203"),
            say::describe(&person, visit, "11"),
        )?;
        self.say(
            client,
            (HOSPITAL, "2204"),
            say::lines(&person, visit, "A", &lines),
        )?;
        let input = say::settle(&person, visit, "A", say::sum(&lines));
        self.say(client, (HOSPITAL, "2207"), input)?;
        Ok(())
    }

    fn say(
        &mut self,
        client: &mut Client,
        (by, number): (&str, &str),
        input: Value,
    ) -> Result<Value, Silence> {
        let id = format!("{}-{}", self.name, self.said.len());
        let message = say::message(by, number, &id, &input);
        self.said.push(Said {
            message: message.clone(),
            output: None,
        });
        let output = sent(client, &message)?;
        let last = self.said.len() - 1;
        self.said[last].output = Some(output.clone());
        Ok(output)
    }
}

/// Its output; everything that is said here must be carried out.
fn sent(client: &mut Client, message: &Value) -> Result<Value, Silence> {
    let path = "/fsi/api/rsfComIfsService/callService";
    let answered = client.post(path, None, message.to_string().as_bytes());
    let answered = answered.map_err(|_| Silence)?;
    assert_eq!(answered.status, 200);
    let answer: Value = serde_json::from_slice(&answered.body).unwrap();
    assert_eq!(answer["infcode"], json!(0), "{message}\n{answer}");
    Ok(answer["output"].clone())
}

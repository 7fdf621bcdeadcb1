//! A scan of an answer: the few values that the load tool reads, found in one pass without a tree.

use std::ops::Range;

use super::fen;

/// Which name in which node is which word of ours; the names are the wire's and stand in the table alone.
const TABLE: &str = include_str!("../../load/fields.txt");
const DEPTH: usize = 32;

/// A node of an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Node {
    Envelope,
    Output,
    Data,
    Insured,
    Settled,
    Share,
    Line,
    Other,
}

/// An amount of a settlement or of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    Total,
    OwnPay,
    OverLimit,
    FirstShare,
    InScope,
    Pooled,
    Civil,
    Enterprise,
    MajorIllness,
    AboveCap,
    Assistance,
    Disabled,
    OtherFunds,
    Funds,
    Personal,
    Account,
    Family,
    Cash,
    Hospital,
    Balance,
}

/// The amounts by their words in the table, in the order of the type.
const AMOUNTS: &[(&str, Amount)] = &[
    ("total", Amount::Total),
    ("own_pay", Amount::OwnPay),
    ("over_limit", Amount::OverLimit),
    ("first_share", Amount::FirstShare),
    ("in_scope", Amount::InScope),
    ("pooled", Amount::Pooled),
    ("civil", Amount::Civil),
    ("enterprise", Amount::Enterprise),
    ("major_illness", Amount::MajorIllness),
    ("above_cap", Amount::AboveCap),
    ("assistance", Amount::Assistance),
    ("disabled", Amount::Disabled),
    ("other_funds", Amount::OtherFunds),
    ("funds", Amount::Funds),
    ("personal", Amount::Personal),
    ("account", Amount::Account),
    ("family", Amount::Family),
    ("cash", Amount::Cash),
    ("hospital", Amount::Hospital),
    ("balance", Amount::Balance),
];

#[derive(Clone, Copy)]
enum Field {
    Opens(Node),
    Outcome,
    Error,
    Visit,
    Person,
    Settlement,
    Insurance,
    Standing,
    Fund,
    Paid,
    Amount(Amount),
}

/// The table, by the length of a name: few are equally long.
pub(super) struct Fields {
    by_length: Vec<Vec<(Node, &'static [u8], Field)>>,
}

/// Amounts that may be absent; `Amount` says which is where.
pub(super) type Amounts = [Option<i64>; AMOUNTS.len()];

/// What an answer says; texts are places in its body, without their quotes.
#[derive(Default)]
pub(super) struct Answer {
    pub(super) outcome: Range<usize>,
    pub(super) error: Range<usize>,
    pub(super) visit: Range<usize>,
    pub(super) person: Range<usize>,
    pub(super) settlement: Range<usize>,
    pub(super) settled: Amounts,
    pub(super) has_shares: bool,
    pub(super) shares: Vec<(Range<usize>, Option<i64>)>,
    pub(super) lines: Vec<Amounts>,
    pub(super) insured: Vec<Insured>,
    /// An amount that is not whole fen.
    pub(super) not_fen: Option<Range<usize>>,
}

/// One insurance of a person.
#[derive(Default)]
pub(super) struct Insured {
    pub(super) insurance: Range<usize>,
    pub(super) standing: Range<usize>,
    pub(super) balance: Option<i64>,
}

impl Fields {
    pub(super) fn read() -> Result<Fields, String> {
        let mut by_length: Vec<Vec<_>> = Vec::new();
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        for line in lines {
            let words: Vec<&'static str> = line.split_whitespace().collect();
            let [node, ours, name] = words[..] else {
                return Err(format!(
                    "`{line}` in the table of fields is not three words"
                ));
            };
            let known = node_of(node).zip(field_of(ours));
            let (node, field) =
                known.ok_or(format!("`{line}` in the table of fields is unknown"))?;
            if by_length.len() <= name.len() {
                by_length.resize_with(name.len() + 1, Vec::new);
            }
            by_length[name.len()].push((node, name.as_bytes(), field));
        }
        Ok(Fields { by_length })
    }

    fn of(&self, node: Node, name: &[u8]) -> Option<Field> {
        let mut equal = self.by_length.get(name.len())?.iter();
        let found = equal.find(|(of, named, _)| *of == node && *named == name)?;
        Some(found.2)
    }
}

fn node_of(word: &str) -> Option<Node> {
    Some(match word {
        "envelope" => Node::Envelope,
        "output" => Node::Output,
        "data" => Node::Data,
        "insured" => Node::Insured,
        "settled" => Node::Settled,
        "share" => Node::Share,
        "line" => Node::Line,
        _ => return None,
    })
}

fn field_of(word: &str) -> Option<Field> {
    if let Some(node) = word.strip_prefix("node:") {
        return node_of(node).map(Field::Opens);
    }
    Some(match word {
        "outcome" => Field::Outcome,
        "error" => Field::Error,
        "visit" => Field::Visit,
        "person" => Field::Person,
        "settlement" => Field::Settlement,
        "insurance" => Field::Insurance,
        "standing" => Field::Standing,
        "fund" => Field::Fund,
        "paid" => Field::Paid,
        amount => Field::Amount(AMOUNTS.iter().find(|(word, _)| *word == amount)?.1),
    })
}

impl Answer {
    /// Reads a body into this answer, forgetting the one before.
    pub(super) fn scan(&mut self, body: &[u8], fields: &Fields) -> Result<(), String> {
        self.shares.clear();
        self.lines.clear();
        self.insured.clear();
        *self = Answer {
            shares: std::mem::take(&mut self.shares),
            lines: std::mem::take(&mut self.lines),
            insured: std::mem::take(&mut self.insured),
            ..Answer::default()
        };
        let mut walk = Walk {
            body,
            at: 0,
            fields,
            answer: self,
        };
        walk.value(Node::Envelope, 0)
            .ok_or_else(|| format!("the answer is no JSON at byte {}", walk.at))
    }

    fn lay(&mut self, node: Node, which: Amount, amount: Option<i64>) {
        let place = match node {
            Node::Line => self.lines.last_mut().map(|line| &mut line[which as usize]),
            Node::Insured => self.insured.last_mut().map(|insured| &mut insured.balance),
            _ => Some(&mut self.settled[which as usize]),
        };
        if let Some(place) = place {
            *place = amount;
        }
    }
}

struct Walk<'a> {
    body: &'a [u8],
    at: usize,
    fields: &'a Fields,
    answer: &'a mut Answer,
}

impl Walk<'_> {
    /// Passes over one value; objects in an array belong to the node of the array.
    fn value(&mut self, node: Node, depth: usize) -> Option<()> {
        match self.next()? {
            b'{' if depth < DEPTH => self.object(node, depth),
            b'[' if depth < DEPTH => self.array(node, depth),
            b'{' | b'[' => None,
            _ => self.scalar().map(drop),
        }
    }

    fn object(&mut self, node: Node, depth: usize) -> Option<()> {
        self.at += 1;
        match node {
            Node::Share => self.answer.shares.push((0..0, None)),
            Node::Line => self.answer.lines.push(Amounts::default()),
            Node::Insured => self.answer.insured.push(Insured::default()),
            _ => {}
        }
        if self.next()? == b'}' {
            self.at += 1;
            return Some(());
        }
        loop {
            self.next()?;
            let name = self.string()?;
            if self.next()? != b':' {
                return None;
            }
            self.at += 1;
            let field = self.fields.of(node, &self.body[name]);
            if let b'{' | b'[' = self.next()? {
                self.open(field, depth)?;
            } else {
                let scalar = self.scalar()?;
                self.take(node, field, scalar);
            }
            if self.end(b'}')? {
                return Some(());
            }
        }
    }

    fn open(&mut self, field: Option<Field>, depth: usize) -> Option<()> {
        let node = match field {
            Some(Field::Opens(node)) => node,
            _ => Node::Other,
        };
        self.answer.has_shares |= node == Node::Share;
        self.value(node, depth + 1)
    }

    fn array(&mut self, node: Node, depth: usize) -> Option<()> {
        self.at += 1;
        if self.next()? == b']' {
            self.at += 1;
            return Some(());
        }
        loop {
            self.value(node, depth + 1)?;
            if self.end(b']')? {
                return Some(());
            }
        }
    }

    /// After an element: whether the container ends here.
    fn end(&mut self, closing: u8) -> Option<bool> {
        let byte = self.next()?;
        self.at += 1;
        match byte {
            b',' => Some(false),
            _ => (byte == closing).then_some(true),
        }
    }

    /// The next byte that is not white space.
    fn next(&mut self) -> Option<u8> {
        while let b' ' | b'\n' | b'\r' | b'\t' = self.body.get(self.at)? {
            self.at += 1;
        }
        self.body.get(self.at).copied()
    }

    fn string(&mut self) -> Option<Range<usize>> {
        if self.body.get(self.at)? != &b'"' {
            return None;
        }
        let start = self.at + 1;
        self.at = start;
        loop {
            match self.body.get(self.at)? {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        Some(start..self.at - 1)
    }

    /// A string, a number or a word; `null` is an empty place.
    fn scalar(&mut self) -> Option<Range<usize>> {
        if self.body.get(self.at)? == &b'"' {
            return self.string();
        }
        let start = self.at;
        while let Some(byte) = self.body.get(self.at)
            && (byte.is_ascii_alphanumeric() || b"+-.".contains(byte))
        {
            self.at += 1;
        }
        let scalar = start..self.at;
        match &self.body[scalar.clone()] {
            b"" => None,
            b"null" => Some(start..start),
            _ => Some(scalar),
        }
    }

    /// Keeps a value that the table names, where the scan stands.
    fn take(&mut self, node: Node, field: Option<Field>, scalar: Range<usize>) {
        let money = match field {
            Some(Field::Paid | Field::Amount(_)) => self.money(scalar.clone()),
            _ => None,
        };
        let answer = &mut *self.answer;
        match field {
            None | Some(Field::Opens(_)) => {}
            Some(Field::Outcome) => answer.outcome = scalar,
            Some(Field::Error) => answer.error = scalar,
            Some(Field::Visit) => answer.visit = scalar,
            Some(Field::Person) => answer.person = scalar,
            Some(Field::Settlement) => answer.settlement = scalar,
            Some(Field::Insurance | Field::Standing) => {
                if let Some(insured) = answer.insured.last_mut() {
                    match field {
                        Some(Field::Insurance) => insured.insurance = scalar,
                        _ => insured.standing = scalar,
                    }
                }
            }
            Some(Field::Fund | Field::Paid) => {
                if let Some(share) = answer.shares.last_mut() {
                    match field {
                        Some(Field::Fund) => share.0 = scalar,
                        _ => share.1 = money,
                    }
                }
            }
            Some(Field::Amount(which)) => answer.lay(node, which, money),
        }
    }

    fn money(&mut self, scalar: Range<usize>) -> Option<i64> {
        if scalar.is_empty() {
            return None;
        }
        let fen = fen::read(&self.body[scalar.clone()]);
        if fen.is_none() {
            self.answer.not_fen = Some(scalar);
        }
        fen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scanned(body: &str) -> Result<Answer, String> {
        let mut answer = Answer::default();
        answer.scan(body.as_bytes(), &Fields::read()?)?;
        Ok(answer)
    }

    #[test]
    fn the_constant_answer_is_read_node_by_node() {
        let body = include_str!("../../load/answer.json");
        let answer = scanned(body).expect("JSON");
        assert_eq!(&body[answer.outcome.clone()], "0");
        assert_eq!(&body[answer.visit.clone()], "430100DS20250303000001");
        assert_eq!(answer.settled[Amount::Total as usize], Some(6_800));
        // the same name stands in the settlement, its shares and its lines
        assert_eq!(answer.settled[Amount::InScope as usize], Some(6_520));
        assert_eq!(answer.lines[1][Amount::InScope as usize], Some(2_520));
        assert_eq!(answer.shares.len(), 1);
        assert_eq!(answer.shares[0].1, Some(6_800));
        assert!(answer.error.is_empty() && answer.not_fen.is_none());
    }

    #[test]
    fn what_is_no_json_is_told() {
        for wrong in [
            "",
            "{",
            "{\"a\":}",
            "{\"a\" 1}",
            "[1,",
            "{\"a\":\"\\\"}",
            "<html>",
        ] {
            assert!(scanned(wrong).is_err(), "{wrong}");
        }
        let deep = "[".repeat(1_000);
        assert!(scanned(&deep).is_err());
    }

    #[test]
    fn every_amount_is_in_its_place() {
        for (place, (_, amount)) in AMOUNTS.iter().enumerate() {
            assert_eq!(*amount as usize, place);
        }
    }
}

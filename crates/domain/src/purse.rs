//! `Purse`: what of a bill is not yet paid. Money moves only through it, and it writes the step as it does so.

use crate::account::OwnPart;
use crate::fen::Fen;
use crate::step::{Effect, Note, Payer, RuleId, Sink, Stage, Step};

/// Where a step stands: the stage, the line (0 for the whole bill) and the rule.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ground {
    pub(crate) stage: Stage,
    pub(crate) line: u32,
    pub(crate) rule: RuleId,
}

impl Ground {
    #[inline(always)]
    pub(crate) fn of(stage: Stage, rule: RuleId) -> Ground {
        Ground {
            stage,
            line: 0,
            rule,
        }
    }
}

/// What is not yet paid: cost that no rule has looked at yet, and the own parts.
#[derive(Debug)]
pub(crate) struct Purse<'s, S> {
    sink: &'s mut S,
    open: Fen,
    own: [Fen; OwnPart::COUNT],
}

/// Own parts that were set aside; money that must be brought back.
#[must_use]
pub(crate) struct Aside([Fen; OwnPart::COUNT]);

impl<'s, S: Sink> Purse<'s, S> {
    #[inline(always)]
    pub(crate) fn new(sink: &'s mut S) -> Purse<'s, S> {
        Purse {
            sink,
            open: Fen::ZERO,
            own: [Fen::ZERO; OwnPart::COUNT],
        }
    }

    /// Cost comes in.
    #[inline(always)]
    pub(crate) fn receive(&mut self, cost: Fen) {
        self.open += cost;
    }

    /// Somebody pays `amount` of open cost.
    #[inline(always)]
    pub(crate) fn pay(&mut self, ground: Ground, of: Fen, amount: Fen, payer: Payer) {
        self.take(amount);
        self.write(ground, of, amount, Effect::Paid(payer), None);
    }

    /// `amount` of open cost becomes a part of the person's own.
    #[inline(always)]
    pub(crate) fn become_own(&mut self, ground: Ground, of: Fen, amount: Fen, part: OwnPart) {
        self.take(amount);
        self.own[part.index()] += amount;
        self.write(ground, of, amount, Effect::Became(part), None);
    }

    /// Somebody pays `amount` of an own part.
    #[inline(always)]
    pub(crate) fn draw(
        &mut self,
        ground: Ground,
        of: Fen,
        amount: Fen,
        part: OwnPart,
        payer: Payer,
    ) {
        self.give(part, amount);
        self.write(ground, of, amount, Effect::Paid(payer), Some(part));
    }

    /// `amount` of one own part becomes another.
    #[inline(always)]
    pub(crate) fn turn(&mut self, ground: Ground, amount: Fen, from: OwnPart, into: OwnPart) {
        self.give(from, amount);
        self.own[into.index()] += amount;
        self.write(ground, amount, amount, Effect::Became(into), Some(from));
    }

    /// A figure on the way.
    #[inline(always)]
    pub(crate) fn note(&mut self, ground: Ground, of: Fen, amount: Fen, note: Note) {
        self.sink.step(Step {
            stage: ground.stage,
            line: ground.line,
            of,
            amount,
            effect: Effect::Noted(note),
            from: None,
            rule: ground.rule,
        });
    }

    /// A fact on the way, without an amount.
    #[inline(always)]
    pub(crate) fn mark(&mut self, stage: Stage, rule: RuleId, note: Note) {
        self.note(Ground::of(stage, rule), Fen::ZERO, Fen::ZERO, note);
    }

    /// Puts the own parts of the earlier year out of the reach of the later year's funds.
    pub(crate) fn set_aside(&mut self) -> Aside {
        Aside(std::mem::take(&mut self.own))
    }

    /// Brings them back, for the accounts and cash to pay.
    pub(crate) fn bring_back(&mut self, aside: Aside) {
        for (own, aside) in self.own.iter_mut().zip(aside.0) {
            *own += aside;
        }
    }

    /// What is left in an own part.
    #[inline(always)]
    pub(crate) fn own(&self, part: OwnPart) -> Fen {
        self.own[part.index()]
    }

    /// What is left in all of them.
    #[inline(always)]
    pub(crate) fn own_total(&self) -> Fen {
        self.own.iter().copied().sum()
    }

    /// The person pays the rest in cash, and the purse must be empty; returns the cash.
    #[inline(always)]
    pub(crate) fn close(&mut self, rest: RuleId) -> Fen {
        assert!(
            self.open.is_zero(),
            "cost that no rule has looked at: {}",
            self.open
        );
        let cash = self.own_total();
        self.write(
            Ground::of(Stage::Cash, rest),
            cash,
            cash,
            Effect::Paid(Payer::Cash),
            None,
        );
        cash
    }

    #[inline(always)]
    fn take(&mut self, amount: Fen) {
        assert!(amount <= self.open, "more was paid than was open");
        self.open = self.open.beyond(amount);
    }

    #[inline(always)]
    fn give(&mut self, part: OwnPart, amount: Fen) {
        let left = self.own[part.index()];
        assert!(amount <= left, "more was paid than an own part held");
        self.own[part.index()] = left.beyond(amount);
    }

    /// A collected list leaves out what came to nothing.
    #[inline(always)]
    fn write(
        &mut self,
        ground: Ground,
        of: Fen,
        amount: Fen,
        effect: Effect,
        from: Option<OwnPart>,
    ) {
        if S::DETAILED && amount.is_zero() {
            return;
        }
        self.sink.step(Step {
            stage: ground.stage,
            line: ground.line,
            of,
            amount,
            effect,
            from,
            rule: ground.rule,
        });
    }

    /// The sink, for what is told in detail only.
    #[inline(always)]
    pub(crate) fn is_detailed(&self) -> bool {
        S::DETAILED
    }
}

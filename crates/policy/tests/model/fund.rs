//! `Fund`: steps 6, 7 and 8 of the arithmetic, the basic fund; and payment over bands, which the layers share.

use crate::chain::{Chain, Stretch};
use crate::fraction::{Fraction, ZERO};
use crate::rule::Band;
use crate::tree::Tree;

/// The part of a band that some cost lies in, and the fund's exact share of it.
struct Piece {
    start: i128,
    end: i128,
    ratio: Fraction,
    share: Fraction,
}

impl<'a> Chain<'a> {
    /// Steps 6, 7 and 8: bands and caps of the basic fund.
    pub(crate) fn basic_fund(&mut self, stretch: &mut Stretch, in_scope: i128, deductible: i128) {
        let payable = in_scope - deductible;
        let bands = self.rule.bands(&self.at);
        let from = self.position(stretch, deductible);
        let within = self.within_cost_caps(stretch, payable, deductible);
        let room = self.payment_room(stretch);
        self.seen.note("bands end", from + within);
        if let Some(room) = room {
            self.note_payment(&bands, from, from + within, room);
        }
        let (paid, reached) = self.pay(&bands, from, from + within, room);
        let consumed = reached - from;
        self.mark_bands(&bands, from, reached);
        self.own(stretch, "own_share", consumed - paid);
        self.own(stretch, "over_cap", payable - consumed);
        let payer = self.rule.setting(&self.at.setting).must("payer").to_owned();
        self.seen.mark(if payer == "pooled" {
            "payer: pooled"
        } else {
            "payer: large_amount"
        });
        self.result.add(&payer, paid);
    }

    /// Step 6: where the payable cost begins among the bands.
    fn position(&mut self, stretch: &Stretch, deductible: i128) -> i128 {
        let rule = self.rule;
        let rows = rule.matching("band", &self.at);
        let (origin, accumulates) = (rows[0].must("origin"), rows[0].must("accumulates"));
        let together = rule.counts_with(&self.at.setting);
        let (position, borne) = match accumulates {
            "year" => (
                self.so_far(stretch, &together, "in_scope"),
                self.so_far(stretch, &together, "deductible"),
            ),
            "stay" => (stretch.stay_in_scope, stretch.stay_deductible),
            other => panic!("no such accumulates: {other}"),
        };
        self.seen.mark(match (origin, accumulates) {
            ("absolute", "year") => "bands: absolute, of the year",
            ("absolute", _) => "bands: absolute, of the stay",
            (_, "year") => "bands: above the deductible, of the year",
            _ => "bands: above the deductible, of the stay",
        });
        self.seen.mark_if(
            accumulates == "stay" && position > 0,
            "bands: of a stay settled in parts",
        );
        if origin == "absolute" {
            position + deductible
        } else {
            (position - borne).max(0)
        }
    }

    /// Step 7: payable cost within the caps on cost.
    fn within_cost_caps(&mut self, stretch: &Stretch, payable: i128, deductible: i128) -> i128 {
        let mut within = payable;
        for (cap, amount) in self.caps() {
            let counted = self.counted(cap);
            let before = |key: &str| {
                if cap.must("per") == "visit" {
                    0
                } else {
                    self.so_far(stretch, &counted, key)
                }
            };
            let room = match cap.must("basis") {
                "fund" => continue,
                "cost" => amount - before("in_scope") - deductible,
                "cost_above_deductible" => amount - (before("in_scope") - before("deductible")),
                other => panic!("no such basis: {other}"),
            };
            let room = room.max(0);
            self.seen.note("cost over its room", within - room);
            self.seen.mark_if(
                room > 0 && room < within,
                match (cap.must("basis"), cap.must("per")) {
                    ("cost", "year") => "cap: cost, year",
                    ("cost", _) => "cap: cost, visit",
                    (_, "year") => "cap: cost above the deductible, year",
                    _ => "cap: cost above the deductible, visit",
                },
            );
            self.seen
                .mark_if(room == 0 && within > 0, "cap: cost, used up before");
            self.seen
                .mark_if(room > 0 && room == within, "cap: cost, exactly");
            within = within.min(room);
        }
        within
    }

    /// Step 8: room under the caps on payment; none if there is no such cap.
    fn payment_room(&mut self, stretch: &Stretch) -> Option<i128> {
        let mut smallest: Option<i128> = None;
        for (cap, amount) in self.caps() {
            if cap.must("basis") != "fund" {
                continue;
            }
            let counted = self.counted(cap);
            let visit = cap.must("per") == "visit";
            let paid = if visit {
                0
            } else {
                self.so_far(stretch, &counted, "pooled")
            };
            let room = (amount - paid).max(0);
            self.seen.mark_if(
                smallest.is_some_and(|other| room < other),
                "cap: the second on payment is smaller",
            );
            self.seen.mark_if(
                smallest.is_some_and(|other| room > other),
                "cap: the second on payment is larger",
            );
            smallest = Some(smallest.map_or(room, |other| other.min(room)));
        }
        smallest
    }

    /// The caps that hold here: the year's, perhaps a visit's; without those that say `"none"`.
    fn caps(&self) -> Vec<(&'a Tree, i128)> {
        let rows = self.rule.matching("cap", &self.at);
        let years = rows.iter().filter(|row| row.must("per") == "year").count();
        assert!(
            years == 1 && rows.len() <= 2,
            "caps at {:?}: {rows:?}",
            self.at
        );
        let amount = |row: &'a Tree| self.rule.limit(self.rule.amount(row, &self.at.facility));
        rows.into_iter()
            .filter_map(|row| amount(row).map(|fen| (row, fen)))
            .collect()
    }

    /// The settings whose sums count towards a cap.
    fn counted(&self, cap: &'a Tree) -> Vec<&'a str> {
        cap.texts("counts")
            .unwrap_or_else(|| self.rule.counts_with(&self.at.setting))
    }

    /// What is paid for the cost between two places of the bands, and the cost at which a cap on payment is reached
    /// (the end of the cost if it is not).
    pub(crate) fn pay(
        &mut self,
        bands: &[Band],
        from: i128,
        to: i128,
        room: Option<i128>,
    ) -> (i128, i128) {
        let way = self.rule.word("rounding", "fund");
        let each = self.rule.word("rounding", "bands") == "each";
        let pieces = self.pieces(bands, from, to);
        let exact = pieces.iter().fold(ZERO, |sum, piece| sum + piece.share);
        let paid = exact.rounded(way);
        self.seen.mark_if(exact.is_half(), "payment: at half a fen");
        self.seen.mark_if(
            pieces.len() > 1,
            if each {
                "payment: rounded band by band"
            } else {
                "payment: rounded once over bands"
            },
        );
        // With bands rounded one by one, the last counts with its exact part.
        let last = pieces.last().map_or(ZERO, |piece| {
            Fraction::whole(piece.end - piece.start) * piece.ratio - piece.share
        });
        let room = match room {
            Some(room) if Fraction::whole(room) < exact + last => room,
            _ => {
                self.seen
                    .mark_if(room == Some(paid) && paid > 0, "cap: payment, exactly");
                return (paid, to);
            }
        };
        self.seen
            .mark_if(room == paid, "cap: payment, passed by a part of a fen");
        if room == 0 {
            self.seen.mark("cap: payment, used up before");
            return (0, from);
        }
        let mut sum = ZERO;
        for (number, piece) in pieces.iter().enumerate() {
            let missing = Fraction::whole(room) - sum;
            sum = sum + piece.share;
            if sum >= Fraction::whole(room) {
                let cost = missing / piece.ratio;
                self.seen.mark(if number == 0 {
                    "cap: payment, in the first band"
                } else {
                    "cap: payment, in a later band"
                });
                self.seen
                    .mark_if(cost.is_half(), "cap: payment, cost at half a fen");
                let boundary = piece.start + cost.rounded(self.rule.word("rounding", "boundary"));
                self.seen
                    .mark_if(boundary >= piece.end, "cap: payment, at the band's end");
                return (room, boundary.min(piece.end));
            }
        }
        panic!("the bands pay {exact:?}, more than {room}, and never reach it");
    }

    /// The bands' parts of the cost; with `each` every share is rounded for itself.
    fn pieces(&self, bands: &[Band], from: i128, to: i128) -> Vec<Piece> {
        let each = self.rule.word("rounding", "bands") == "each";
        let way = each.then_some(self.rule.word("rounding", "fund"));
        bands
            .iter()
            .filter_map(|band| piece(band, from, to, way))
            .collect()
    }

    /// How far the payment would be over its room, and the first band's share of it.
    fn note_payment(&mut self, bands: &[Band], from: i128, to: i128, room: i128) {
        let pieces = self.pieces(bands, from, to);
        let sum = pieces.iter().fold(ZERO, |sum, piece| sum + piece.share);
        let way = self.rule.word("rounding", "fund");
        self.seen
            .note("payment over its room", sum.rounded(way) - room);
        if pieces.len() > 1 {
            self.seen.note(
                "payment of the first band over its room",
                pieces[0].share.rounded(way) - room,
            );
        }
    }

    fn mark_bands(&mut self, bands: &[Band], from: i128, to: i128) {
        let touched: Vec<&Band> = bands
            .iter()
            .filter(|band| piece(band, from, to, None).is_some())
            .collect();
        self.seen.mark(match touched.len() {
            0 => "bands: none",
            1 => "bands: one",
            2 => "bands: two",
            _ => "bands: three or more",
        });
        self.seen.mark_if(
            touched.iter().any(|band| band.kept),
            "bands: a ratio kept within 0 and 1",
        );
        self.seen.mark_if(
            touched.last().is_some_and(|band| band.upto == Some(to)),
            "bands: cost ends at an edge",
        );
        self.seen.mark_if(
            touched.first().is_some_and(|band| band.from > 0),
            "bands: cost starts above the first",
        );
    }
}

/// The part of a band between two places, its share rounded if `way` says how.
fn piece(band: &Band, from: i128, to: i128, way: Option<&str>) -> Option<Piece> {
    let start = from.max(band.from);
    let end = to.min(band.upto.unwrap_or(to));
    if start >= end {
        return None;
    }
    let exact = Fraction::whole(end - start) * band.ratio;
    let share = way.map_or(exact, |way| Fraction::whole(exact.rounded(way)));
    Some(Piece {
        start,
        end,
        ratio: band.ratio,
        share,
    })
}

//! `Row`: a fee line as it is typed: an item of this agency's catalogue, or anything else with its class; and read.

use agency::domain::Ratio;
use agency::domain::bill::{Category, ItemClass, Line, Quantity, UnitPrice};
use agency::domain::catalogue::{Catalogue, CatalogueItem, Fee, Unknown};
use agency::domain::fen::Fen;
use agency::domain::ratio::Round;
use agency::domain::words::Lang;
use jiff::civil::Date;

use super::faults::{Faults, MOST};
use super::typed::Typed;

/// So many rows can be typed, and so many more are shown at a time.
const MOST_ROWS: usize = 30;
const STEP: usize = 5;

/// One of anything, where no quantity is told.
const ONE: Quantity = Quantity(10_000);

/// A fee line as it is typed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Row<'f> {
    pub(super) item: &'f str,
    pub(super) class: &'f str,
    pub(super) quantity: &'f str,
    pub(super) price: &'f str,
    pub(super) share: &'f str,
}

impl Row<'_> {
    fn is_empty(&self) -> bool {
        let Row {
            item,
            class,
            quantity,
            price,
            share,
        } = self;
        [item, class, quantity, price, share]
            .iter()
            .all(|text| text.is_empty())
    }
}

/// So many items of one part of a name are listed.
pub(super) const MOST_MEANT: usize = 20;

/// The items that can be told by name, as they are on a day; none where there is no catalogue at hand.
pub(super) struct Items<'c> {
    pub(super) catalogue: Option<&'c Catalogue>,
    pub(super) day: Date,
}

impl<'c> Items<'c> {
    /// What a row may mean: the item of its code in any case, or else those of its name, or else those of whose name it is a part.
    /// Who tells a class means something of no catalogue, unless code or name are whole.
    pub(super) fn meant(&self, row: &Row<'_>) -> Vec<&'c CatalogueItem> {
        let (Some(catalogue), false) = (self.catalogue, row.item.is_empty()) else {
            return Vec::new();
        };
        if let Some(item) = catalogue.on(row.item, self.day) {
            return vec![item];
        }
        let items = catalogue.items().iter();
        let items = items.filter(|item| item.days().covers(self.day));
        let sought = row.item.to_lowercase();
        let of = |is_meant: &dyn Fn(&CatalogueItem) -> bool| -> Vec<&'c CatalogueItem> {
            items.clone().filter(|item| is_meant(item)).collect()
        };
        let mut meant = of(&|item| item.code.to_lowercase() == sought);
        if meant.is_empty() {
            meant = of(&|item| item.name.to_lowercase() == sought);
        }
        if meant.is_empty() && row.class.is_empty() {
            meant = of(&|item| item.name.to_lowercase().contains(&sought));
        }
        meant
    }
}

/// The rows in which something is typed; empty rows between them are left out, so that a row has the number of its line.
pub(super) fn rows(typed: &Typed) -> Vec<Row<'_>> {
    let row = |number: usize| Row {
        item: typed.text(&format!("item-{number}")),
        class: typed.text(&format!("class-{number}")),
        quantity: typed.text(&format!("quantity-{number}")),
        price: typed.text(&format!("price-{number}")),
        share: typed.text(&format!("share-{number}")),
    };
    let rows = (1..=MOST_ROWS).map(row);
    rows.filter(|row| !row.is_empty()).collect()
}

/// How many rows are shown: those that are typed, and as many as were asked for.
pub(super) fn shown(typed: usize, asked: &str) -> usize {
    let asked = asked.trim().parse().unwrap_or(STEP);
    asked.max(typed).clamp(STEP, MOST_ROWS)
}

/// How many the next press shows; none where that is all.
pub(super) fn more(shown: usize) -> Option<usize> {
    let more = (shown + STEP).min(MOST_ROWS);
    (more > shown).then_some(more)
}

/// The lines; nothing where one of them cannot be read.
pub(super) fn read(rows: &[Row<'_>], faults: &mut Faults, items: &Items<'_>) -> Option<Vec<Line>> {
    let mut lines = Vec::new();
    for (number, row) in (1..).zip(rows) {
        let day = items.day;
        lines.push(Reading { number, row, day }.line(faults, items));
    }
    lines.into_iter().collect()
}

/// A row that is being read.
struct Reading<'r> {
    number: usize,
    row: &'r Row<'r>,
    day: Date,
}

/// What an item is called, or its number.
fn called(row: &Row<'_>, number: usize, lang: Lang) -> String {
    match (row.item.is_empty(), lang) {
        (false, _) => row.item.to_owned(),
        (true, Lang::Zh) => format!("费用{number}"),
        (true, Lang::En) => format!("item {number}"),
    }
}

impl Reading<'_> {
    fn line(&self, faults: &mut Faults, items: &Items<'_>) -> Option<Line> {
        let catalogue = items.catalogue;
        let (quantity, unit_price) = self.charged(faults);
        let line = match self.known(faults, items)? {
            Some(item) => self.of_catalogue(faults, catalogue?, item),
            None => self.classed(faults, catalogue.is_some()),
        };
        let (line, quantity, unit_price) = (line?, quantity?, unit_price?);
        // Only to hold it below what a bill may come to: the core rounds as the region does.
        let amount = unit_price.times(quantity, Round::HalfUp);
        let rule = (
            "数量与单价之积不得超过1亿元",
            "quantity times price is at most 100 million",
        );
        let is_small = amount.is_some_and(|amount| amount <= MOST);
        self.within(faults, ("单价", "price"), self.row.price, is_small, rule)?;
        Some(Line {
            quantity,
            unit_price,
            ..line
        })
    }

    /// How many, and the price of one.
    fn charged(&self, faults: &mut Faults) -> (Option<Quantity>, Option<UnitPrice>) {
        let row = self.row;
        let quantity = match row.quantity {
            "" => Some(ONE),
            text => faults.read(self.name("数量", "quantity"), text, QUANTITY, |text| {
                agency::quantity(text).ok()
            }),
        };
        let price = faults.read(self.name("单价", "price"), row.price, PRICE, |text| {
            let price = agency::unit_price(text).ok();
            price.filter(|price| *price <= UnitPrice::from_fen(MOST))
        });
        (quantity, price)
    }

    /// The item of the catalogue that is meant; none where the catalogue has none.
    #[expect(
        clippy::option_option,
        reason = "outside: is it clear; inside: is it there"
    )]
    fn known<'c>(
        &self,
        faults: &mut Faults,
        items: &Items<'c>,
    ) -> Option<Option<&'c CatalogueItem>> {
        let meant = items.meant(self.row);
        let rule = match meant.len() > MOST_MEANT {
            true => (
                "目录中有很多这样的项目，请多写几个字，或从前20个中选择",
                "the catalogue has many such items; tell more of the name, or choose one of the first 20",
            ),
            false => (
                "目录中有多个这样的项目，请从列表中选择",
                "the catalogue has several such items; choose one of the list",
            ),
        };
        let item = ("项目", "item");
        self.within(faults, item, self.row.item, meant.len() < 2, rule)?;
        Some(meant.first().copied())
    }

    /// What the catalogue says of an item is not typed otherwise.
    fn of_catalogue(
        &self,
        faults: &mut Faults,
        catalogue: &Catalogue,
        item: &CatalogueItem,
    ) -> Option<Line> {
        let row = self.row;
        let rule = match item.class {
            ItemClass::A => ("目录中为甲类", "the catalogue has it in class A"),
            ItemClass::B => ("目录中为乙类", "the catalogue has it in class B"),
            ItemClass::C => ("目录中为丙类", "the catalogue has it in class C"),
        };
        let same = row.class.is_empty() || row.class == item.class.code();
        let class = self.within(faults, ("类别", "class"), row.class, same, rule);
        let rule = (
            "由目录决定，请留空",
            "the catalogue says it; leave it empty",
        );
        let name = ("先行自付比例", "first share");
        let share = self.within(faults, name, row.share, row.share.is_empty(), rule);
        class.and(share)?;
        let fee = Fee {
            code: &item.code,
            quantity: ONE,
            unit_price: UnitPrice(0),
            day: self.day,
            // Who asks takes it to be used as it may be.
            approved: true,
        };
        let line = catalogue.line(&fee, Unknown::Refuse).ok()?;
        Some(Line {
            item: item.name.clone(),
            ..line
        })
    }

    /// Of no catalogue: the class is typed, and for class B the first share, unless the region's rules have one.
    fn classed(&self, faults: &mut Faults, has_catalogue: bool) -> Option<Line> {
        let row = self.row;
        let class = ItemClass::from_code(row.class);
        let is_sought = has_catalogue && !row.item.is_empty() && row.class.is_empty();
        let (name, found, rule) = match is_sought {
            true => (
                ("项目", "item"),
                row.item,
                (
                    "本地目录没有这个编码或名称；目录外的请选择类别",
                    "the catalogue here has no such code or name; choose a class for what is not in it",
                ),
            ),
            false => (
                ("类别", "class"),
                row.class,
                ("请选择类别", "choose a class"),
            ),
        };
        let class_told = self.within(faults, name, found, class.is_some(), rule);
        let share = self.share(faults, class);
        class_told?;
        Some(Line {
            item: called(row, self.number, faults.lang),
            class: class?,
            category: Category::Other,
            quantity: ONE,
            unit_price: UnitPrice(0),
            amount: None,
            tolerance: Fen::ZERO,
            limit: None,
            first_share: share?,
            barred: false,
            hospital: false,
            day: Some(self.day),
        })
    }

    #[expect(
        clippy::option_option,
        reason = "outside: was it right; inside: is it there"
    )]
    fn share(&self, faults: &mut Faults, class: Option<ItemClass>) -> Option<Option<Ratio>> {
        let text = self.row.share;
        if text.is_empty() {
            return Some(None);
        }
        let name = ("先行自付比例", "first share");
        let is_b = class.is_none_or(|class| class == ItemClass::B);
        self.within(
            faults,
            name,
            text,
            is_b,
            ("只有乙类有", "only class B has one"),
        )?;
        let read = faults.read(self.name(name.0, name.1), text, SHARE, |text| {
            agency::ratio(&format!("{}%", text.trim_end_matches(['%', '％']))).ok()
        });
        read.map(Some)
    }

    fn name(&self, zh: &str, en: &str) -> (String, String) {
        let number = self.number;
        (format!("第{number}行 {zh}"), format!("line {number}, {en}"))
    }

    fn within(
        &self,
        faults: &mut Faults,
        name: (&str, &str),
        found: &str,
        holds: bool,
        rule: (&str, &str),
    ) -> Option<()> {
        let (zh, en) = self.name(name.0, name.1);
        faults.within((&zh, &en), found, holds, rule)
    }
}

const QUANTITY: (&str, &str) = (
    "应为大于0的数，至多四位小数",
    "a number above 0 with at most four decimals",
);
const PRICE: (&str, &str) = (
    "应为金额（元），至多六位小数，不超过1亿元",
    "yuan with at most six decimals, and at most 100 million",
);
const SHARE: (&str, &str) = ("应为0到100的百分比", "a percentage from 0 to 100");

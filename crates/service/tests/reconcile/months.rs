//! Random months held against a naive sum over the second book.

use agency::domain::bill::Scheme;
use agency::domain::setting::Setting;
use jiff::ToSpan as _;
use jiff::civil::datetime;
use serde_json::json;

use crate::house::{Booked, CENTRE, HOSPITAL, House, LI, MEI, day};

/// Settlements of every scheme, setting and institution, many at the edges of days; some are taken back later.
pub(crate) fn random(house: &mut House, dice: &mut fastrand::Rng, count: usize) {
    let mut at = datetime(2024, 3, 1, 0, 0, 0, 0);
    let mut open: Vec<usize> = Vec::new();
    for _ in 0..count {
        at = match dice.u8(0..4) {
            0 => at.with().hour(23).minute(59).second(59).build().unwrap(),
            1 => at
                .tomorrow()
                .unwrap()
                .with()
                .hour(0)
                .minute(0)
                .second(0)
                .build()
                .unwrap(),
            _ => at.saturating_add(dice.i64(0..4000).seconds()),
        };
        let latest = |settled: &usize, house: &House| {
            let person = house.book[*settled].person;
            let after = house.book[settled + 1..].iter();
            after
                .filter(|row| row.about.is_none())
                .all(|row| row.person != person)
        };
        if let Some(place) = open.iter().rposition(|settled| latest(settled, house))
            && dice.u8(0..4) == 0
        {
            let settled = open.remove(place);
            house.take_back(settled, at);
            continue;
        }
        let institution = [HOSPITAL, HOSPITAL, HOSPITAL, CENTRE][dice.usize(0..4)];
        let person = [LI, MEI][dice.usize(0..2)];
        let setting = [Setting::Outpatient, Setting::Inpatient][usize::from(dice.u8(0..5) == 0)];
        let settled = house.settle((institution, person, setting), at, dice.u64(1..200_000));
        open.push(settled);
    }
}

struct Query {
    insurance: &'static str,
    scheme: Scheme,
    clearing: &'static str,
    setting: Setting,
    from: &'static str,
    until: &'static str,
    flag: &'static str,
}

impl Query {
    fn takes(&self, row: &Booked) -> bool {
        let day_of = row.at.date();
        row.institution == HOSPITAL
            && row.scheme == self.scheme
            && row.setting == self.setting
            && day(self.from) <= day_of
            && day_of <= day(self.until)
            && match self.flag {
                "0" => row.about.is_none(),
                "1" => row.about.is_some(),
                _ => true,
            }
    }
}

fn query(dice: &mut fastrand::Rng) -> Query {
    let (insurance, scheme) =
        [("310", Scheme::Employee), ("390", Scheme::Resident)][dice.usize(0..2)];
    let (clearing, setting) =
        [("11", Setting::Outpatient), ("21", Setting::Inpatient)][dice.usize(0..2)];
    let days = [
        "2024-03-01",
        "2024-03-02",
        "2024-03-05",
        "2024-03-09",
        "2024-04-30",
    ];
    let first = dice.usize(0..days.len());
    Query {
        insurance,
        scheme,
        clearing,
        setting,
        from: days[first],
        until: days[dice.usize(first..days.len())],
        flag: ["", "0", "1"][dice.usize(0..3)],
    }
}

#[test]
fn totals_are_those_of_a_naive_sum() {
    for (seed, file) in [(1, ""), (2, ""), (3, WITH_ACCOUNT)] {
        let with_account = !file.is_empty();
        let mut house = House::with(file);
        let mut dice = fastrand::Rng::with_seed(seed);
        random(&mut house, &mut dice, 60);
        let mut told = 0;
        for n in 0..80 {
            let query = query(&mut dice);
            let rows: Vec<&Booked> = house.book.iter().filter(|row| query.takes(row)).collect();
            let sum = |of: fn(&Booked) -> i64| -> i64 { rows.iter().map(|row| of(row)).sum() };
            let account = sum(|row| row.account);
            let funds = sum(|row| row.funds) + if with_account { account } else { 0 };
            let mut sums = [sum(|row| row.total), funds, account];
            let mut count = rows.len();
            told += count;
            let wrong = dice.usize(0..8);
            match wrong {
                0..3 => sums[wrong] += [1, -1, 100][dice.usize(0..3)],
                3 => count += 1,
                _ => {}
            }
            let yuan = |fen: i64| service::reconcile::yuan(fen.into());
            let input = json!({ "data": {
                "insutype": query.insurance, "clr_type": query.clearing, "setl_optins": "310000",
                "stmt_begndate": query.from, "stmt_enddate": query.until,
                "medfee_sumamt": yuan(sums[0]), "fund_pay_sumamt": yuan(sums[1]), "acct_pay": yuan(sums[2]),
                "fixmedins_setl_cnt": count, "refd_setl_flag": query.flag, "fixmedins_refd_setl_flag": "0",
            }});
            let answer = house.answer(HOSPITAL, "3201", &format!("q{n}"), &input);
            let told = &answer["output"]["stmtinfo"];
            let text = told["stmt_rslt_dscr"].as_str().unwrap();
            let result = if wrong < 4 { "1" } else { "0" };
            assert_eq!(
                told["stmt_rslt"],
                json!(result),
                "{seed} {n} {input} {answer}"
            );
            assert_eq!(text.is_empty(), wrong >= 4, "{text}");
            assert!(text.chars().count() <= 200, "{text}");
        }
        assert!(told > 100, "{told}");
    }
}

/// The hospital counts accounts among the funds.
const WITH_ACCOUNT: &str = "\
[[institution]]
code = \"H31010000003\"
profile = \"none\"
fund_includes_account = true
";

//! `Sample`: a test person of the demonstration: who it is, in which situation, and what to expect of a purchase. One table for all who show it.

use domain::identity_number::check_character;
use domain::membership::Sex;
use domain::person::Status;
use jiff::civil::Date;

/// A situation that an engineer wants to meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Situation {
    Plain,
    EmptyAccount,
    FilledAccount,
    Arrears,
    Waiting,
    Ended,
    LongTerm,
    Referred,
    /// Registered for this disease.
    Disease(&'static str),
    NearCap,
    OverCap,
    Granted,
    Newborn,
    Died,
}

/// A test person.
#[derive(Debug)]
pub(super) struct Sample {
    pub(super) name: &'static str,
    /// Year, month, day; of the newborn it follows from the day on which the town was made.
    birth: (i16, i8, i8),
    /// Order number within the day of birth: odd ones are men's.
    order: u16,
    pub(super) status: Status,
    pub(super) identities: &'static [&'static str],
    pub(super) situation: Situation,
    /// The situation in words: Chinese, English.
    pub(super) told: (&'static str, &'static str),
    /// What to expect.
    pub(super) expect: (&'static str, &'static str),
}

impl Sample {
    /// The day of birth of the fixed ones.
    pub(super) fn birth(&self) -> Date {
        let (year, month, day) = self.birth;
        Date::constant(year, month, day)
    }

    pub(super) fn sex(&self) -> Sex {
        match self.order % 2 {
            1 => Sex::Male,
            _ => Sex::Female,
        }
    }

    /// Nothing was ever saved in the account.
    pub(super) fn is_empty(&self) -> bool {
        let never = [
            Situation::EmptyAccount,
            Situation::Granted,
            Situation::Waiting,
        ];
        self.status == Status::Resident || never.contains(&self.situation)
    }

    /// The identity number of somebody born on this day, in a district that does not exist.
    pub(super) fn identity(&self, birth: Date) -> String {
        let (year, month, day) = (birth.year(), birth.month(), birth.day());
        let mut number = format!("999890{year:04}{month:02}{day:02}{:03}", self.order);
        number.push(char::from(check_character(number.as_bytes())));
        number
    }
}

/// One row: name, birth, order number, status, identities, situation, what it is, what to expect.
macro_rules! samples {
    ($($name:literal $birth:tt $order:literal $status:ident $identities:tt $situation:expr,
        $zh:literal $en:literal, $expect_zh:literal $expect_en:literal;)*) => {
        /// All of them.
        pub(super) const SAMPLES: &[Sample] = &[$(Sample {
            name: $name,
            birth: $birth,
            order: $order,
            status: Status::$status,
            identities: &$identities,
            situation: $situation,
            told: ($zh, $en),
            expect: ($expect_zh, $expect_en),
        }),*];
    };
}

samples! {
    "测试·在职" (1985, 3, 12) 1 Active [] Situation::FilledAccount,
        "在职，账户有钱" "in work, account filled",
        "账户支付，无现金" "the account pays, no cash";
    "测试·退休" (1955, 6, 20) 2 Retired [] Situation::FilledAccount,
        "退休" "retired",
        "账户支付；看病时基金多付" "the account pays; funds pay more at visits";
    "测试·空账户" (1990, 9, 1) 3 Active [] Situation::EmptyAccount,
        "在职，账户无余额" "in work, account empty",
        "全部现金" "all in cash";
    "测试·欠费" (1988, 1, 15) 4 Active [] Situation::Arrears,
        "单位欠费，待遇暂停" "suspended for arrears",
        "基金和账户不付，全部现金" "no fund or account pays, all in cash";
    "测试·等待期" (1993, 4, 8) 5 Flexible [] Situation::Waiting,
        "首次参保，等待期" "waiting period after joining",
        "基金和账户不付，全部现金" "no fund or account pays, all in cash";
    "测试·停保" (1982, 11, 30) 6 Active [] Situation::Ended,
        "上月停保" "left last month",
        "基金和账户不付，全部现金" "no fund or account pays, all in cash";
    "测试·异地长住" (1950, 2, 2) 7 Retired [] Situation::LongTerm,
        "异地长期居住备案（999800）" "lives in 999800 for long, registered",
        "在H99980000001看病同本地" "as at home at H99980000001";
    "测试·转诊" (1979, 7, 7) 8 Active [] Situation::Referred,
        "转诊备案（999800）" "referred to 999800",
        "在H99980000001少付5个点" "5 points less at H99980000001";
    "测试·高血压" (1965, 5, 5) 9 Active [] Situation::Disease("hypertension"),
        "高血压备案（M03900）" "hypertension registered (M03900)",
        "账户支付；门诊慢特病付75%" "the account pays; 75% at chronic visits";
    "测试·糖尿病" (1968, 8, 18) 10 Active [] Situation::Disease("diabetes"),
        "糖尿病备案（M01600）" "diabetes registered (M01600)",
        "账户支付；门诊慢特病付80%" "the account pays; 80% at chronic visits";
    "测试·公务员" (1980, 10, 10) 11 Active ["civil_servant"] Situation::FilledAccount,
        "公务员" "civil servant",
        "账户支付；看病时补助自付的一半" "the account pays; aid pays half the own share at visits";
    "测试·近封顶" (1972, 12, 24) 12 Active [] Situation::NearCap,
        "本年统筹已付19,500元，封顶20,000元" "19,500 of the year's 20,000 yuan are paid",
        "账户支付；住院时转入大额" "the account pays; a stay reaches the large-amount fund";
    "测试·超封顶" (1971, 1, 31) 13 Active [] Situation::OverCap,
        "本年已超封顶" "over the year's cap",
        "账户支付；看病由大额付80%" "the account pays; large-amount fund 80% at visits";
    "测试·共济" (1995, 3, 3) 14 Active [] Situation::Granted,
        "账户无余额，亲属共济1,000元" "account empty, a relative granted 1,000 yuan",
        "使用标志1全部现金，2由共济支付" "all in cash with use flag 1, the grant pays with 2";
    "测试·居民" (1986, 6, 6) 15 Resident [] Situation::Plain,
        "居民，成年" "resident, adult",
        "药店全部现金；看病基金付" "cash at pharmacies; funds pay at visits";
    "测试·学生" (2015, 9, 10) 16 Resident ["student"] Situation::Plain,
        "居民，学生" "resident, pupil",
        "药店全部现金；看病多5个点" "cash at pharmacies; 5 points more at visits";
    "测试·老人" (1948, 4, 4) 17 Resident [] Situation::Plain,
        "居民，60岁以上" "resident, over 60",
        "药店全部现金；看病多5个点" "cash at pharmacies; 5 points more at visits";
    "测试·低保" (1975, 2, 14) 18 Resident ["subsistence"] Situation::Plain,
        "居民，低保对象" "resident on subsistence allowance",
        "药店全部现金；看病有医疗救助" "cash at pharmacies; medical aid at visits";
    "测试·新生儿" (2020, 1, 1) 19 Resident [] Situation::Newborn,
        "居民，新生儿" "resident, newborn",
        "药店全部现金；看病多5个点" "cash at pharmacies; 5 points more at visits";
    "测试·身故" (1940, 5, 1) 20 Retired [] Situation::Died,
        "上月身故" "died last month",
        "购药全部现金；挂号被拒" "a purchase all in cash; a visit is refused";
}

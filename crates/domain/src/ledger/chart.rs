//! The chart of accounts (会计科目表): every account with its number, its name, its holder and its normal side.

use super::AccountNumber;
use crate::setting::Setting;
use crate::step::{LayerKind, Payer};
use crate::words::{Lang, words};

words! {
    /// Whose an account is.
    pub enum Holder {
        Person: "holder_person", "参保人持有", "the insured person's";
        Institution: "holder_institution", "定点机构持有", "the institution's";
        Fund: "holder_fund", "基金持有", "a fund's";
        Outside: "holder_outside", "统筹区外", "outside the agency";
        Count: "holder_count", "备查", "a count, no money";
    }
}

words! {
    /// The side on which an account's balance stands.
    pub enum Side {
        Debit: "debit", "借方", "debit";
        Credit: "credit", "贷方", "credit";
    }
}

words! {
    /// An account of the ledger that holds money. Funds are named as payers are.
    pub enum LedgerAccount {
        CashPaid: "cash_paid", "个人现金支付", "cash paid by persons";
        HospitalBorne: "hospital_borne", "定点机构承担", "borne by institutions";
        Payable: "payable", "应付定点机构款", "payable to institutions";
        Collected: "collected", "定点机构自收款", "collected by institutions";
        Current: "ledger_current", "个人账户当年资金", "personal accounts, current year";
        Prior: "ledger_prior", "个人账户历年资金", "personal accounts, prior years";
        Awaiting: "awaiting", "待划入个人账户", "awaiting credit to accounts";
        Owed: "owed", "个人账户多划待扣", "credited too much, to be set off";
        Granted: "granted", "家庭共济额度", "family grants";
        InTransit: "in_transit", "在途资金", "in transit between persons";
        PooledFund: "fund_pooled", "统筹基金结存", "pooled fund's means";
        LargeAmountFund: "fund_large_amount", "大额医疗互助资金结存", "large-amount fund's means";
        CatastrophicFund: "fund_catastrophic", "大病保险资金结存", "catastrophic insurance's means";
        RetireeFund: "fund_retiree_supplement", "退休人员补充医疗保险资金结存", "retirees' supplement's means";
        CivilServantFund: "fund_civil_servant", "公务员医疗补助资金结存", "civil-servant aid's means";
        EnterpriseFund: "fund_enterprise", "企业补充医疗保险资金结存", "enterprise supplement's means";
        MutualAidFund: "fund_mutual_aid", "大病医疗互助资金结存", "local mutual aid's means";
        MedicalAidFund: "fund_medical_aid", "医疗救助资金结存", "medical aid's means";
        TiltedAidFund: "fund_tilted_aid", "倾斜救助资金结存", "tilted medical aid's means";
        EmployerPremium: "employer_premium", "用人单位缴费收入", "premiums of employers";
        PersonPremium: "person_premium", "个人缴费收入", "premiums of persons";
        Subsidy: "subsidy", "财政补助收入", "government subsidies";
        Interest: "interest", "利息收入", "interest";
        Moved: "moved", "转移收支", "transfers from and to other regions";
        Estate: "estate", "个人账户继承支出", "paid to heirs";
        Withdrawn: "withdrawn", "个人账户支取", "withdrawn by persons";
        Opening: "opening", "期初余额", "opening balances";
        YearCounter: "year_counter", "年度累计对方科目", "counterpart of the year's sums";
    }
}

impl LedgerAccount {
    /// Its number: first digit 1 what stands outside, 2 owed to institutions and persons, 3 the funds' means, 4 where money comes from
    /// and goes to, 9 the year's sums.
    #[must_use]
    pub const fn number(self) -> AccountNumber {
        use LedgerAccount as A;
        AccountNumber(match self {
            A::CashPaid => 1001,
            A::HospitalBorne => 1002,
            A::Payable => 2101,
            A::Collected => 2102,
            A::Current => 2201,
            A::Prior => 2202,
            A::Granted => 2203,
            A::Awaiting => 2204,
            A::Owed => 1101,
            A::InTransit => 2301,
            A::PooledFund => 3101,
            A::LargeAmountFund => 3102,
            A::CatastrophicFund => 3103,
            A::RetireeFund => 3104,
            A::CivilServantFund => 3105,
            A::EnterpriseFund => 3106,
            A::MutualAidFund => 3107,
            A::MedicalAidFund => 3108,
            A::TiltedAidFund => 3109,
            A::EmployerPremium => 4101,
            A::PersonPremium => 4102,
            A::Subsidy => 4103,
            A::Interest => 4201,
            A::Moved => 4301,
            A::Estate => 4302,
            A::Withdrawn => 4303,
            A::Opening => 4901,
            A::YearCounter => 9999,
        })
    }

    /// Whose it is.
    #[must_use]
    pub const fn holder(self) -> Holder {
        use LedgerAccount as A;
        match self {
            A::Payable | A::Collected => Holder::Institution,
            A::Current | A::Prior | A::Granted | A::Awaiting | A::Owed => Holder::Person,
            A::YearCounter => Holder::Count,
            _ if self.number().0 / 1000 == 3 => Holder::Fund,
            _ => Holder::Outside,
        }
    }

    /// The side of its balance.
    #[must_use]
    pub const fn side(self) -> Side {
        match self.number().0 / 1000 {
            1 | 4 => Side::Debit,
            _ => Side::Credit,
        }
    }

    /// The account that a payer's part is debited to.
    #[must_use]
    pub const fn of_payer(payer: Payer) -> LedgerAccount {
        use LedgerAccount as A;
        match payer {
            Payer::Pooled => A::PooledFund,
            Payer::LargeAmount => A::LargeAmountFund,
            Payer::Catastrophic => A::CatastrophicFund,
            Payer::RetireeSupplement => A::RetireeFund,
            Payer::CivilServant => A::CivilServantFund,
            Payer::Enterprise => A::EnterpriseFund,
            Payer::MutualAid => A::MutualAidFund,
            Payer::MedicalAid => A::MedicalAidFund,
            Payer::TiltedAid => A::TiltedAidFund,
            Payer::Current => A::Current,
            Payer::Prior => A::Prior,
            Payer::Family => A::Granted,
            Payer::Cash => A::CashPaid,
            Payer::Hospital => A::HospitalBorne,
        }
    }
}

impl From<LedgerAccount> for AccountNumber {
    fn from(account: LedgerAccount) -> AccountNumber {
        account.number()
    }
}

/// What is summed over a benefit year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum YearFigure {
    /// Stays that have ended, counted in ones.
    Stays,
    /// In-scope cost that came to the deductible.
    InScope,
    /// Deductible borne.
    Deductible,
    /// Paid by the fund of the basic stage.
    Pooled,
    /// In-scope cost that no fund paid.
    OwnShare,
    /// Own cost that a layer has looked at.
    LayerBase(LayerKind),
    /// Paid by a layer.
    LayerPaid(LayerKind),
}

impl YearFigure {
    /// All of them.
    pub fn all() -> impl Iterator<Item = YearFigure> {
        use YearFigure as F;
        let layers = LayerKind::ALL
            .iter()
            .flat_map(|&kind| [F::LayerBase(kind), F::LayerPaid(kind)]);
        [F::Stays, F::InScope, F::Deductible, F::Pooled, F::OwnShare]
            .into_iter()
            .chain(layers)
    }

    const fn digits(self) -> u16 {
        match self {
            YearFigure::Stays => 0,
            YearFigure::InScope => 1,
            YearFigure::Deductible => 2,
            YearFigure::Pooled => 3,
            YearFigure::OwnShare => 4,
            YearFigure::LayerBase(kind) => 10 + 2 * kind.index() as u16,
            YearFigure::LayerPaid(kind) => 11 + 2 * kind.index() as u16,
        }
    }

    fn of_digits(digits: u16) -> Option<YearFigure> {
        let layer = |at: u16| LayerKind::ALL.get(usize::from(at / 2)).copied();
        match digits {
            0 => Some(YearFigure::Stays),
            1 => Some(YearFigure::InScope),
            2 => Some(YearFigure::Deductible),
            3 => Some(YearFigure::Pooled),
            4 => Some(YearFigure::OwnShare),
            10.. if digits.is_multiple_of(2) => layer(digits - 10).map(YearFigure::LayerBase),
            10.. => layer(digits - 11).map(YearFigure::LayerPaid),
            _ => None,
        }
    }
}

/// A year-to-date sum of a person as an account of the ledger: debited as it grows, `9sff` in the entry's own benefit year, `8sff` in the
/// year before it (a stay split over the year's end).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YearSum {
    /// In the benefit year before the entry's.
    pub before: bool,
    /// Of which setting.
    pub setting: Setting,
    /// Of what.
    pub figure: YearFigure,
}

impl From<YearSum> for AccountNumber {
    fn from(sum: YearSum) -> AccountNumber {
        let year = if sum.before { 8000 } else { 9000 };
        AccountNumber(year + 100 * sum.setting.index() as u16 + sum.figure.digits())
    }
}

/// An account of the chart by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chart {
    /// An account that holds money.
    Money(LedgerAccount),
    /// A year-to-date sum.
    Year(YearSum),
}

impl Chart {
    /// The account with this number; none if there is no such account.
    #[must_use]
    pub fn of(number: AccountNumber) -> Option<Chart> {
        if let Some(&account) = LedgerAccount::ALL.iter().find(|a| a.number() == number) {
            return Some(Chart::Money(account));
        }
        let AccountNumber(digits) = number;
        let before = match digits / 1000 {
            8 => true,
            9 => false,
            _ => return None,
        };
        let setting = usize::from(digits % 1000 / 100);
        Some(Chart::Year(YearSum {
            before,
            setting: Setting::ALL.get(setting).copied()?,
            figure: YearFigure::of_digits(digits % 100)?,
        }))
    }

    /// Every account, in the order of the numbers.
    #[must_use]
    pub fn all() -> Vec<(AccountNumber, Chart)> {
        let numbers = (1000..10_000).map(AccountNumber);
        numbers
            .filter_map(|n| Chart::of(n).map(|account| (n, account)))
            .collect()
    }

    /// What people read.
    #[must_use]
    pub fn name(self, lang: Lang) -> String {
        match self {
            Chart::Money(account) => account.name(lang).to_owned(),
            Chart::Year(sum) => sum.name(lang),
        }
    }
}

impl YearSum {
    fn name(self, lang: Lang) -> String {
        let figure = match (self.figure, lang) {
            (YearFigure::Stays, Lang::Zh) => "住院次数".to_owned(),
            (YearFigure::Stays, Lang::En) => "stays".to_owned(),
            (YearFigure::InScope, Lang::Zh) => "范围内费用".to_owned(),
            (YearFigure::InScope, Lang::En) => "in-scope cost".to_owned(),
            (YearFigure::Deductible, Lang::Zh) => "已付起付线".to_owned(),
            (YearFigure::Deductible, Lang::En) => "deductible borne".to_owned(),
            (YearFigure::Pooled, Lang::Zh) => "基本基金已付".to_owned(),
            (YearFigure::Pooled, Lang::En) => "paid by the basic fund".to_owned(),
            (YearFigure::OwnShare, Lang::Zh) => "范围内自负".to_owned(),
            (YearFigure::OwnShare, Lang::En) => "own share".to_owned(),
            (YearFigure::LayerBase(kind), Lang::Zh) => format!("{}计算基数", kind.name(lang)),
            (YearFigure::LayerBase(kind), Lang::En) => format!("base of {}", kind.name(lang)),
            (YearFigure::LayerPaid(kind), Lang::Zh) => format!("{}已付", kind.name(lang)),
            (YearFigure::LayerPaid(kind), Lang::En) => format!("paid by {}", kind.name(lang)),
        };
        let setting = self.setting.name(lang);
        match (self.before, lang) {
            (false, Lang::Zh) => format!("本年度累计：{setting}{figure}"),
            (true, Lang::Zh) => format!("上年度累计：{setting}{figure}"),
            (false, Lang::En) => format!("year to date: {setting}, {figure}"),
            (true, Lang::En) => format!("the year before: {setting}, {figure}"),
        }
    }
}

//! `Refused`: why a request was not carried out, as a sentence for whoever asked. Nothing was recorded.

use domain::Fen;
use domain::bill::Scheme;
use domain::explain::amount;
use domain::month::Month;
use domain::words::{Lang, Word as _};
use jiff::civil::Date;

/// Why a request was not carried out. The table of the codes and sentences is [`Refused::code`] and [`Refused::describe`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Nobody has this number.
    NoPerson(u64),
    /// Enrolled already and not ended.
    EnrolledAlready(u64, Date),
    /// Two identity numbers share a person's number.
    NumberTaken(u64),
    /// No enrolment is open.
    NotEnrolled(u64),
    /// The person has died.
    Dead(u64),
    /// An amount is larger than any that may be named.
    TooLarge(Fen),
    /// A day of no book: before 1900 or after 2199.
    NoDay(Date),
    /// A day lies before the one it must follow.
    DayBefore(Date, Date),
    /// No policy for the scheme and day.
    NoPolicy(Scheme, Date),
    /// The policy has no premium for such a person.
    NoPremium(Date),
    /// The policy has no credit for such a person.
    NoCredit(Date),
    /// A part of the base is due and no base is known.
    NoBase(u64),
    /// The collector reports another amount than the policy's rows give.
    OtherAmount(Fen, Fen),
    /// The months are paid for.
    PaidAlready(u32, u32),
    /// The month's premium is not paid.
    NotPaid(u32),
    /// The month is credited.
    CreditedAlready(u32),
    /// The credit must be taken back first.
    CreditFirst(u32),
    /// Nothing to do: no interest, nothing to roll over.
    Nothing,
    /// No rate of the banks is known for the day.
    NoRate(Date),
    /// No such institution.
    NoInstitution(String),
    /// Not known to the catalogue.
    NoItem(String),
    /// A fee line is wrong.
    FeeLine(usize, String),
    /// No such visit of the person.
    NoVisit(u64),
    /// The visit is settled.
    VisitSettled(u64),
    /// The visit has no open fee lines.
    NoLines(u64),
    /// A stay must be discharged before it is settled.
    NotDischarged(u64),
    /// No such line, or it is settled or removed.
    NoLine(u64, u32),
    /// No such entry of the person.
    NoEntry(u64),
    /// It cannot be reversed.
    NotReversible(u64),
    /// It is reversed.
    ReversedAlready(u64),
    /// A later settlement of the visit stands.
    NotLatest(u64, u64),
    /// It is registered, by this entry.
    RegisteredAlready(u64),
    /// The visit was cancelled.
    VisitCancelled(u64),
    /// A stay is told as an outpatient visit, or the other way round.
    OtherKind(u64),
    /// Fee lines of the stay are left.
    LinesLeft(u64),
    /// The batch of the visit is settled.
    BatchSettled(u64, String),
    /// The visit has no open lines of such a batch.
    NoBatch(u64, String),
    /// The visit has a line of this number.
    LineThere(String),
    /// More is returned than is left of the line.
    ReturnTooLarge(u64, String),
    /// The visit has no open line that the institution numbers so.
    NoLineOf(u64, String),
    /// The institution says another total than the lines come to.
    OtherTotal(Fen, Fen),
    /// The person is in another scheme than the institution says.
    OtherScheme(u64, Scheme),
    /// Somebody has made sure that it is not carried out any more.
    Forestalled(String),
    /// The benefit year's sums are no longer kept with the person.
    YearPast(Date),
    /// The account has less.
    TooLittle(Fen, Fen),
    /// The policy does not let relatives use the account.
    NoFamilyUse,
    /// A grant to oneself.
    OwnGrant,
    /// No such grant.
    NoGrant,
    /// Nothing may be withdrawn.
    NotWithdrawable,
    /// The domain has no answer to this bill.
    Unsettled(Box<Unsettled>),
    /// The key is none that may be used.
    BadKey(String),
    /// An interim settlement of care that is no visit.
    InterimAlone,
    /// The same key came with another content.
    KeyReused(String),
    /// Too many requests wait.
    Busy,
    /// The database did not take it; nothing was recorded.
    Unavailable(String),
}

/// A bill that has no answer: where and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsettled {
    /// The field.
    pub path: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl From<domain::Unsettled> for Refused {
    fn from(unsettled: domain::Unsettled) -> Refused {
        Refused::Unsettled(Box::new(Unsettled {
            path: unsettled.path(),
            zh: unsettled.describe(Lang::Zh),
            en: unsettled.describe(Lang::En),
        }))
    }
}

impl Refused {
    /// A stable code for machines. A table.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Refused::NoPerson(_) => "no_person",
            Refused::EnrolledAlready(..) => "enrolled_already",
            Refused::NumberTaken(_) => "number_taken",
            Refused::NotEnrolled(_) => "not_enrolled",
            Refused::Dead(_) => "dead",
            Refused::TooLarge(_) => "too_large",
            Refused::NoDay(_) => "no_day",
            Refused::DayBefore(..) => "day_before",
            Refused::NoPolicy(..) => "no_policy",
            Refused::NoPremium(_) => "no_premium",
            Refused::NoCredit(_) => "no_credit",
            Refused::NoBase(_) => "no_base",
            Refused::OtherAmount(..) => "other_amount",
            Refused::PaidAlready(..) => "paid_already",
            Refused::NotPaid(_) => "not_paid",
            Refused::CreditedAlready(_) => "credited_already",
            Refused::CreditFirst(_) => "credit_first",
            Refused::Nothing => "nothing",
            Refused::NoRate(_) => "no_rate",
            Refused::NoInstitution(_) => "no_institution",
            Refused::NoItem(_) => "no_item",
            Refused::FeeLine(..) => "fee_line",
            Refused::NoVisit(_) => "no_visit",
            Refused::VisitSettled(_) => "visit_settled",
            Refused::NoLines(_) => "no_lines",
            Refused::NotDischarged(_) => "not_discharged",
            Refused::NoLine(..) => "no_line",
            Refused::NoEntry(_) => "no_entry",
            Refused::NotReversible(_) => "not_reversible",
            Refused::ReversedAlready(_) => "reversed_already",
            Refused::NotLatest(..) => "not_latest",
            Refused::RegisteredAlready(_) => "registered_already",
            Refused::VisitCancelled(_) => "visit_cancelled",
            Refused::OtherKind(_) => "other_kind",
            Refused::LinesLeft(_) => "lines_left",
            Refused::BatchSettled(..) => "batch_settled",
            Refused::NoBatch(..) => "no_batch",
            Refused::LineThere(_) => "line_there",
            Refused::ReturnTooLarge(..) => "return_too_large",
            Refused::NoLineOf(..) => "no_line_of",
            Refused::OtherTotal(..) => "other_total",
            Refused::OtherScheme(..) => "other_scheme",
            Refused::Forestalled(_) => "forestalled",
            Refused::YearPast(_) => "year_past",
            Refused::TooLittle(..) => "too_little",
            Refused::NoFamilyUse => "no_family_use",
            Refused::OwnGrant => "own_grant",
            Refused::NoGrant => "no_grant",
            Refused::NotWithdrawable => "not_withdrawable",
            Refused::Unsettled(_) => "unsettled",
            Refused::BadKey(_) => "bad_key",
            Refused::InterimAlone => "interim_alone",
            Refused::KeyReused(_) => "key_reused",
            Refused::Busy => "busy",
            Refused::Unavailable(_) => "unavailable",
        }
    }

    /// Whether the same request may succeed a little later.
    #[must_use]
    pub const fn is_temporary(&self) -> bool {
        matches!(self, Refused::Busy | Refused::Unavailable(_))
    }

    /// A sentence for whoever asked.
    #[must_use]
    pub fn describe(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.chinese(),
            Lang::En => self.english(),
        }
    }

    /// A table of sentences.
    fn chinese(&self) -> String {
        let lang = Lang::Zh;
        match self {
            Refused::NoPerson(n) => format!("没有编号为 {n} 的参保人"),
            Refused::EnrolledAlready(n, day) => format!("参保人 {n} 自 {day} 起已在参保"),
            Refused::NumberTaken(n) => format!("编号 {n} 已属于另一证件号码，请联系管理员"),
            Refused::NotEnrolled(n) => format!("参保人 {n} 当前没有参保关系"),
            Refused::Dead(n) => format!("参保人 {n} 已死亡，关系已终止"),
            Refused::TooLarge(fen) => {
                format!(
                    "金额 {} 元超过上限 {} 元",
                    amount(*fen),
                    amount(Fen::LARGEST)
                )
            }
            Refused::NoDay(day) => format!("日期 {day} 不在 1900 年至 2199 年之间"),
            Refused::DayBefore(day, after) => format!("日期 {day} 早于 {after}"),
            Refused::NoPolicy(scheme, day) => {
                format!("{day} 没有{}的政策", scheme.name(lang))
            }
            Refused::NoPremium(day) => format!("{day} 的政策没有适用于此人的缴费标准"),
            Refused::NoCredit(day) => format!("{day} 的政策没有适用于此人的个人账户划入标准"),
            Refused::NoBase(n) => format!("参保人 {n} 没有缴费基数"),
            Refused::OtherAmount(stated, due) => format!(
                "申报缴费 {} 元，按政策应为 {} 元",
                amount(*stated),
                amount(*due)
            ),
            Refused::PaidAlready(first, last) => {
                format!("{} 至 {} 已缴费", month(*first), month(*last))
            }
            Refused::NotPaid(m) => format!("{} 尚未缴费，不能划入", month(*m)),
            Refused::CreditedAlready(m) => format!("{} 已划入", month(*m)),
            Refused::CreditFirst(m) => format!("请先冲正 {} 的划入", month(*m)),
            Refused::Nothing => "无需办理".to_owned(),
            Refused::NoRate(day) => format!("没有 {day} 的银行利率"),
            Refused::NoInstitution(code) => format!("没有编号为 {code} 的医药机构"),
            Refused::NoItem(code) => format!("医保目录中没有 {code}"),
            Refused::FeeLine(n, why) => format!("第 {n} 条费用：{why}"),
            Refused::NoVisit(n) => format!("此人没有编号为 {n} 的就诊"),
            Refused::VisitSettled(n) => format!("就诊 {n} 已结算"),
            Refused::NoLines(n) => format!("就诊 {n} 没有待结算的费用"),
            Refused::NotDischarged(n) => format!("就诊 {n} 尚未办理出院"),
            Refused::NoLine(n, line) => format!("就诊 {n} 没有可撤销的第 {line} 条费用"),
            Refused::NoEntry(n) => format!("此人没有编号为 {n} 的记录"),
            Refused::NotReversible(n) => format!("记录 {n} 不能冲正"),
            Refused::ReversedAlready(n) => format!("记录 {n} 已冲正"),
            Refused::NotLatest(n, later) => {
                format!("须先冲正本次就诊较晚的结算 {later}，再冲正 {n}")
            }
            Refused::RegisteredAlready(_) => "相同的备案已存在".to_owned(),
            Refused::VisitCancelled(n) => format!("就诊 {n} 已撤销"),
            Refused::OtherKind(n) => format!("就诊 {n} 的门诊与住院类别不能互换"),
            Refused::LinesLeft(n) => format!("就诊 {n} 还有费用明细，请先撤销费用"),
            Refused::BatchSettled(n, batch) => format!("就诊 {n} 的收费批次 {batch} 已结算"),
            Refused::NoBatch(n, batch) => {
                format!("就诊 {n} 没有收费批次 {batch} 的待结算费用")
            }
            Refused::LineThere(line) => format!("费用流水号 {line} 已上传"),
            Refused::ReturnTooLarge(n, line) => {
                format!("就诊 {n} 费用流水号 {line} 的退回数量或金额超过剩余")
            }
            Refused::NoLineOf(n, line) => format!("就诊 {n} 没有费用流水号为 {line} 的未结算费用"),
            Refused::OtherTotal(stated, total) => format!(
                "医疗费总额 {} 元与已上传明细合计 {} 元不符",
                amount(*stated),
                amount(*total)
            ),
            Refused::OtherScheme(n, scheme) => {
                format!("参保人 {n} 当日的险种是{}", scheme.name(lang))
            }
            Refused::Forestalled(_) => "此交易已被冲正作废，不再受理".to_owned(),
            Refused::YearPast(first) => format!("{first} 起的年度已归档，须人工更正"),
            Refused::TooLittle(asked, left) => {
                format!("余额 {} 元，不足 {} 元", amount(*left), amount(*asked))
            }
            Refused::NoFamilyUse => "政策未规定账户可由家庭成员共济使用".to_owned(),
            Refused::OwnGrant => "不能授权给本人".to_owned(),
            Refused::NoGrant => "没有这项家庭共济授权".to_owned(),
            Refused::NotWithdrawable => "政策不允许支取".to_owned(),
            Refused::Unsettled(unsettled) => unsettled.zh.clone(),
            Refused::BadKey(key) => {
                format!("报文标识 {key} 不可用：应为 1 至 128 个可见的英文字符，且不以 lane: 开头")
            }
            Refused::InterimAlone => "中途结算须先办理入院登记".to_owned(),
            Refused::KeyReused(key) => format!("报文标识 {key} 已用于内容不同的请求"),
            Refused::Busy => "系统繁忙，请稍后重试".to_owned(),
            Refused::Unavailable(_) => "系统暂时不能记账，请稍后重试".to_owned(),
        }
    }

    /// A table of sentences.
    fn english(&self) -> String {
        match self {
            Refused::NoPerson(n) => format!("there is no person {n}"),
            Refused::EnrolledAlready(n, day) => format!("person {n} is enrolled since {day}"),
            Refused::NumberTaken(n) => {
                format!("number {n} belongs to another identity number; tell the administrator")
            }
            Refused::NotEnrolled(n) => format!("person {n} has no open enrolment"),
            Refused::Dead(n) => format!("person {n} has died; the enrolment has ended"),
            Refused::TooLarge(fen) => format!(
                "{} is more than the largest amount, {}",
                amount(*fen),
                amount(Fen::LARGEST)
            ),
            Refused::NoDay(day) => format!("{day} does not lie between 1900 and 2199"),
            Refused::DayBefore(day, after) => format!("{day} lies before {after}"),
            Refused::NoPolicy(scheme, day) => {
                format!("there is no policy of scheme `{}` on {day}", scheme.spelt())
            }
            Refused::NoPremium(day) => {
                format!("the policy of {day} has no premium for such a person")
            }
            Refused::NoCredit(day) => {
                format!("the policy of {day} has no credit for such a person")
            }
            Refused::NoBase(n) => format!("person {n} has no base of contribution"),
            Refused::OtherAmount(stated, due) => format!(
                "{} were reported as paid; by the policy {} are due",
                amount(*stated),
                amount(*due)
            ),
            Refused::PaidAlready(first, last) => {
                format!("{} to {} are paid for", month(*first), month(*last))
            }
            Refused::NotPaid(m) => format!("the premium of {} is not paid", month(*m)),
            Refused::CreditedAlready(m) => format!("{} is credited", month(*m)),
            Refused::CreditFirst(m) => format!("reverse the credit of {} first", month(*m)),
            Refused::Nothing => "there is nothing to do".to_owned(),
            Refused::NoRate(day) => format!("no rate of the banks is known for {day}"),
            Refused::NoInstitution(code) => format!("there is no institution {code}"),
            Refused::NoItem(code) => format!("the catalogue has no {code}"),
            Refused::FeeLine(n, why) => format!("fee line {n}: {why}"),
            Refused::NoVisit(n) => format!("the person has no visit {n}"),
            Refused::VisitSettled(n) => format!("visit {n} is settled"),
            Refused::NoLines(n) => format!("visit {n} has no open fee lines"),
            Refused::NotDischarged(n) => format!("visit {n} is not discharged"),
            Refused::NoLine(n, line) => format!("visit {n} has no line {line} to take out"),
            Refused::NoEntry(n) => format!("the person has no entry {n}"),
            Refused::NotReversible(n) => format!("entry {n} cannot be reversed"),
            Refused::ReversedAlready(n) => format!("entry {n} is reversed"),
            Refused::NotLatest(n, later) => {
                format!("settlement {later} of the visit is later than {n}; reverse it first")
            }
            Refused::RegisteredAlready(_) => "the same is registered already".to_owned(),
            Refused::VisitCancelled(n) => format!("visit {n} was cancelled"),
            Refused::OtherKind(n) => {
                format!("visit {n} cannot turn from outpatient into a stay or back")
            }
            Refused::LinesLeft(n) => format!("fee lines of stay {n} are left; remove them first"),
            Refused::BatchSettled(n, batch) => format!("batch {batch} of visit {n} is settled"),
            Refused::NoBatch(n, batch) => {
                format!("visit {n} has no open fee lines of batch {batch}")
            }
            Refused::LineThere(line) => format!("fee line {line} has been sent before"),
            Refused::ReturnTooLarge(n, line) => {
                format!("more is returned of line {line} of visit {n} than is left")
            }
            Refused::NoLineOf(n, line) => {
                format!("visit {n} has no open fee line numbered {line}")
            }
            Refused::OtherTotal(stated, total) => format!(
                "the total stated is {}, and the fee lines come to {}",
                amount(*stated),
                amount(*total)
            ),
            Refused::OtherScheme(n, scheme) => {
                format!("person {n} is in scheme `{}` on the day", scheme.spelt())
            }
            Refused::Forestalled(_) => {
                "it was taken back before it came and is not carried out".to_owned()
            }
            Refused::YearPast(first) => {
                format!("the benefit year from {first} is archived; correct it by hand")
            }
            Refused::TooLittle(asked, left) => {
                format!(
                    "the balance is {}, less than {}",
                    amount(*left),
                    amount(*asked)
                )
            }
            Refused::NoFamilyUse => "the policy does not say that relatives may use it".to_owned(),
            Refused::OwnGrant => "nobody grants to himself".to_owned(),
            Refused::NoGrant => "there is no such grant".to_owned(),
            Refused::NotWithdrawable => "the policy lets nothing be withdrawn".to_owned(),
            Refused::Unsettled(unsettled) => unsettled.en.clone(),
            Refused::BadKey(key) => format!(
                "key {key} may not be used: it has 1 to 128 visible ASCII characters and does not begin with lane:"
            ),
            Refused::InterimAlone => {
                "an interim settlement is of a visit that was opened before".to_owned()
            }
            Refused::KeyReused(key) => {
                format!("key {key} was used for a request with another content")
            }
            Refused::Busy => "too many requests are waiting; try again".to_owned(),
            Refused::Unavailable(_) => "nothing can be recorded just now; try again".to_owned(),
        }
    }
}

/// `2026-11`.
fn month(digits: u32) -> String {
    Month::of_digits(digits).map_or_else(
        || digits.to_string(),
        |m| format!("{}-{:02}", m.year(), m.month()),
    )
}

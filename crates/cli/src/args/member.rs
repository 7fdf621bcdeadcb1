//! The arguments of `yibao member`: what happens to one person's membership.

use clap::{ArgGroup, Args as ClapArgs, Subcommand};
use domain::Fen;
use domain::credit_code::CreditCode;
use domain::month::Month;
use domain::person::Status;
use domain::region::Region;
use domain::registration::RegistrationKind;
use jiff::civil::Date;

use super::desk::Asked;
use super::value::{employer, month, registration, status, yuan};
use super::{day, region};
use crate::desk::stated::Stated;

/// `yibao member`
#[derive(Debug, Subcommand)]
pub(crate) enum Member {
    /// Status, employer, base or identities change 参保变更
    #[command(after_help = "\
Examples:
  yibao member change 420102196601031008 --from 2024-07-01 --base 9000
  yibao member change 420102196601031008 --from 2026-01-04 --status retired --retired 2026-01-03
  yibao member change 420102196601031008 --from 2024-07-01 --identities civil_servant;extreme_poverty
What is not named stays as it is.")]
    Change(Change),
    /// The enrolment ends 停保
    #[command(after_help = "Example:\n  yibao member leave 420102196601031008 --until 2024-06-30")]
    Leave(Leave),
    /// The person moves to another region, and the account along 关系转出
    #[command(
        after_help = "Example:\n  yibao member move-out 420102196601031008 --until 2024-06-30 --to 310000"
    )]
    MoveOut(MoveOut),
    /// The person died; the account goes to the heir 死亡清算
    #[command(after_help = "\
Examples:
  yibao member died 420102196601031008 --on 2024-06-11 --heir 420102199001011005
  yibao member died 420102196601031008 --on 2024-06-11 --in-cash
The account goes to the heir's account, in cash to heirs who have none, to the pooled fund where there is no heir.")]
    Died(Died),
    /// Register a disease, care elsewhere, a referral, an approval 待遇备案
    #[command(after_help = "\
Examples:
  yibao member register 420102196601031008 --kind disease --disease diabetes --from 2024-01-01
  yibao member register 420102196601031008 --kind long_term --in-region 310000 --from 2024-01-01")]
    Register(Register),
    /// Pay the premium of months 缴费
    #[command(after_help = "\
Examples:
  yibao member pay 420102196601031008 --month 2024-01
  yibao member pay 420102196601031008 --month 2024-01 --to 2024-03 --paid 2024-04-02 --base 8000
  yibao member pay 420102201501011000 --year 2024 --stated person:pooled:380 --stated government:pooled:640
Stated amounts are those of one month, or of the year; months that are paid already are left out.")]
    Pay(Pay),
}

/// `yibao member change`
#[derive(Debug, ClapArgs)]
#[command(group = ArgGroup::new("what").required(true).multiple(true)
    .args(["status", "retired", "employer", "no_employer", "base", "identities"]))]
pub(crate) struct Change {
    #[command(flatten)]
    pub(crate) asked: Asked,
    /// From which day 变更日期
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) from: Date,
    /// `active`, `retired`, `flexible` or `resident` 人员状态
    #[arg(long, value_parser = status)]
    pub(crate) status: Option<Status>,
    /// Day of retirement 退休日期
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) retired: Option<Date>,
    /// Code of the new employer 单位代码
    #[arg(long, value_parser = employer, value_name = "CODE", conflicts_with = "no_employer")]
    pub(crate) employer: Option<CreditCode>,
    /// No employer any more
    #[arg(long)]
    pub(crate) no_employer: bool,
    /// Monthly base of contribution, in yuan 缴费基数
    #[arg(long, value_parser = yuan, value_name = "YUAN")]
    pub(crate) base: Option<Fen>,
    /// All identities from now on, by code with `;` between; empty for none 人员身份
    #[arg(long, value_name = "CODES")]
    pub(crate) identities: Option<String>,
}

/// `yibao member leave`
#[derive(Debug, ClapArgs)]
pub(crate) struct Leave {
    #[command(flatten)]
    pub(crate) asked: Asked,
    /// Last day 终止日期
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) until: Date,
}

/// `yibao member move-out`
#[derive(Debug, ClapArgs)]
pub(crate) struct MoveOut {
    #[command(flatten)]
    pub(crate) asked: Asked,
    /// Last day here 转出日期
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) until: Date,
    /// Where to: a region's six digits, or as it was told 转入地
    #[arg(long, value_name = "WHERE")]
    pub(crate) to: String,
}

/// `yibao member died`
#[derive(Debug, ClapArgs)]
#[command(group = ArgGroup::new("to").required(true).args(["heir", "in_cash", "no_heir"]))]
pub(crate) struct Died {
    #[command(flatten)]
    pub(crate) asked: Asked,
    /// The day 死亡日期
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) on: Date,
    /// The heir: a person's number, or an identity number 继承人
    #[arg(long, value_name = "PERSON")]
    pub(crate) heir: Option<String>,
    /// To heirs who have no account
    #[arg(long)]
    pub(crate) in_cash: bool,
    /// There is no heir
    #[arg(long)]
    pub(crate) no_heir: bool,
}

/// `yibao member register`
#[derive(Debug, ClapArgs)]
pub(crate) struct Register {
    #[command(flatten)]
    pub(crate) asked: Asked,
    /// `disease`, `long_term`, `referral`, `temporary` or `approval` 备案类型
    #[arg(long, value_parser = registration)]
    pub(crate) kind: RegistrationKind,
    /// The disease, as the policy names it 病种
    #[arg(long)]
    pub(crate) disease: Option<String>,
    /// Code of the provider for which it holds; all if absent 机构编码
    #[arg(long, value_name = "CODE")]
    pub(crate) facility: Option<String>,
    /// The region of care for which it holds; all if absent 就医地
    #[arg(long, value_parser = region, value_name = "REGION")]
    pub(crate) in_region: Option<Region>,
    /// First day
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) from: Date,
    /// Last day; open if absent
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) until: Option<Date>,
}

/// `yibao member pay`
#[derive(Debug, ClapArgs)]
#[command(group = ArgGroup::new("when").required(true).args(["month", "year"]))]
pub(crate) struct Pay {
    #[command(flatten)]
    pub(crate) asked: Asked,
    /// The month, like 2024-01, or the first of several
    #[arg(long, value_parser = month, value_name = "MONTH")]
    pub(crate) month: Option<Month>,
    /// The last month
    #[arg(long, value_parser = month, value_name = "MONTH", requires = "month")]
    pub(crate) to: Option<Month>,
    /// The year, like 2024, of those who pay by the year
    #[arg(long, value_parser = clap::value_parser!(i16).range(1990..=2200), value_name = "YEAR")]
    pub(crate) year: Option<i16>,
    /// The base, if it is not the declared one, in yuan 缴费基数
    #[arg(long, value_parser = yuan, value_name = "YUAN")]
    pub(crate) base: Option<Fen>,
    /// The day it was paid; the last month's last, or the year's first, if absent 缴费日期
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) paid: Option<Date>,
    /// What was paid where the policy has no rows: `employer:pooled:8%`
    #[arg(long, value_name = "PAYER:PURSE:SUM", value_parser = Stated::parse)]
    pub(crate) stated: Vec<Stated>,
}

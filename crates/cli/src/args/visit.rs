//! The arguments of `yibao visit`: bills that come whole, and visits in parts.

use std::path::PathBuf;

use clap::{ArgGroup, Args as ClapArgs, Subcommand};
use domain::Fen;
use domain::setting::Setting;
use jiff::civil::Date;

use super::day;
use super::desk::Asked;
use super::value::{setting, yuan};

/// `yibao visit`
#[derive(Debug, Subcommand)]
pub(crate) enum Visit {
    /// Settle a bill that comes whole 整单结算
    #[command(after_help = "\
Examples:
  yibao visit settle 420102196601031008 bill.toml --facility H42010600001 --trial
  yibao visit settle 420102196601031008 bill.toml --facility H42010600001 --request H42010600001:7
Of the bill only the care counts: setting, days, disease, causes, cost. Who the person is, the accounts, the year so far and what
the provider is are the agency's to know.")]
    Settle(Settle),
    /// Admit to hospital, or open another visit that is billed in parts 入院、就诊登记
    #[command(after_help = "\
Examples:
  yibao visit open 420102196601031008 --facility H42010600001 --from 2024-03-01
  yibao visit open 420102196601031008 bill.toml --facility H42010600001
The entry's number is the visit's. Of a bill only the care counts, without its cost and the day of discharge.")]
    Open(Open),
    /// Add fee lines to a visit 上传费用
    #[command(after_help = "\
Example:
  yibao visit add 420102196601031008 17 lines.toml --on 2024-03-02
The file has `[[line]]` tables as a bill has (docs/bill.md). A line without `class` is one of the catalogue: of `item`, `quantity`,
`unit_price`, `day` and `approved` the catalogue of its day makes the class, the limit and the first share.")]
    Add(Add),
    /// Take fee lines out of a visit 撤销费用
    #[command(after_help = "\
Examples:
  yibao visit remove 420102196601031008 17 --line 2 --line 3
  yibao visit remove 420102196601031008 17 --all        all that are not settled")]
    Remove(Remove),
    /// A deposit was paid to the hospital 预交金
    #[command(
        after_help = "Example:\n  yibao visit deposit 420102196601031008 17 --amount 2000 --on 2024-03-01"
    )]
    Deposit(Deposit),
    /// Settle the lines of a stay up to a day; the stay goes on 中途结算
    #[command(
        after_help = "Example:\n  yibao visit interim 420102196601031008 17 --until 2024-03-10"
    )]
    Interim(Interim),
    /// Discharge from hospital 出院登记
    #[command(
        after_help = "Example:\n  yibao visit discharge 420102196601031008 17 --on 2024-03-25"
    )]
    Discharge(Discharge),
    /// Settle what is open of a visit and close it 出院结算
    #[command(after_help = "\
Examples:
  yibao visit close 420102196601031008 17 --trial
  yibao visit close 420102196601031008 17 --request H42010600001:9
A stay is discharged first.")]
    Close(Close),
    /// A visit with its fee lines 查询就诊
    #[command(after_help = "Example:\n  yibao visit show 420102196601031008 17")]
    Show(Show),
}

/// `yibao visit settle`
#[derive(Debug, ClapArgs)]
pub(crate) struct Settle {
    #[command(flatten)]
    pub(crate) asked: Asked,
    /// The bill, TOML or JSON; `-` is standard input
    pub(crate) bill: PathBuf,
    /// Code of the provider 机构编码
    #[arg(long, value_name = "CODE")]
    pub(crate) facility: String,
    /// Only tell what it would come to
    #[arg(long)]
    pub(crate) trial: bool,
}

/// `yibao visit open`
#[derive(Debug, ClapArgs)]
pub(crate) struct Open {
    #[command(flatten)]
    pub(crate) asked: Asked,
    /// A bill that says what the care is, TOML or JSON; `-` is standard input
    #[arg(conflicts_with_all = ["setting", "from", "emergency", "disease", "spare_account"])]
    pub(crate) bill: Option<PathBuf>,
    /// Code of the provider 机构编码
    #[arg(long, value_name = "CODE")]
    pub(crate) facility: String,
    /// Setting of care: `inpatient`, `outpatient` … 医疗类别
    #[arg(long, value_parser = setting, default_value = "inpatient")]
    pub(crate) setting: Setting,
    /// The day, or the day of admission; today if absent 入院日期
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) from: Option<Date>,
    /// The provider says that it is an emergency 急诊
    #[arg(long)]
    pub(crate) emergency: bool,
    /// The disease for which the benefit is asked, as the policy names it 病种
    #[arg(long)]
    pub(crate) disease: Option<String>,
    /// The person does not let the accounts be used 不使用个人账户
    #[arg(long)]
    pub(crate) spare_account: bool,
}

/// `yibao visit add`
#[derive(Debug, ClapArgs)]
pub(crate) struct Add {
    #[command(flatten)]
    pub(crate) asked: Asked,
    /// The visit's number
    pub(crate) visit: u64,
    /// Fee lines, TOML or JSON; `-` is standard input
    pub(crate) lines: PathBuf,
    /// The day, also of lines that name none; today if absent
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) on: Option<Date>,
    /// What the catalogue does not have is the person's to pay, instead of refused 目录外项目自费
    #[arg(long)]
    pub(crate) unknown_self_funded: bool,
}

/// `yibao visit remove`
#[derive(Debug, ClapArgs)]
#[command(group = ArgGroup::new("which").required(true).args(["line", "all"]))]
pub(crate) struct Remove {
    #[command(flatten)]
    pub(crate) asked: Asked,
    /// The visit's number
    pub(crate) visit: u64,
    /// Number of a line, as `visit show` tells it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) line: Vec<u32>,
    /// All lines that are not settled
    #[arg(long)]
    pub(crate) all: bool,
    /// The day; today if absent
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) on: Option<Date>,
}

/// `yibao visit deposit`
#[derive(Debug, ClapArgs)]
pub(crate) struct Deposit {
    #[command(flatten)]
    pub(crate) asked: Asked,
    /// The visit's number
    pub(crate) visit: u64,
    /// How much, in yuan 金额
    #[arg(long, value_parser = yuan, value_name = "YUAN")]
    pub(crate) amount: Fen,
    /// The day; today if absent
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) on: Option<Date>,
}

/// `yibao visit interim`
#[derive(Debug, ClapArgs)]
pub(crate) struct Interim {
    #[command(flatten)]
    pub(crate) asked: Asked,
    /// The visit's number
    pub(crate) visit: u64,
    /// Last day whose lines are settled
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) until: Date,
    /// The person does not let the accounts be used 不使用个人账户
    #[arg(long)]
    pub(crate) spare_account: bool,
    /// Only tell what it would come to
    #[arg(long)]
    pub(crate) trial: bool,
}

/// `yibao visit discharge`
#[derive(Debug, ClapArgs)]
pub(crate) struct Discharge {
    #[command(flatten)]
    pub(crate) asked: Asked,
    /// The visit's number
    pub(crate) visit: u64,
    /// The day; today if absent
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) on: Option<Date>,
}

/// `yibao visit close`
#[derive(Debug, ClapArgs)]
pub(crate) struct Close {
    #[command(flatten)]
    pub(crate) asked: Asked,
    /// The visit's number
    pub(crate) visit: u64,
    /// The person does not let the accounts be used 不使用个人账户
    #[arg(long)]
    pub(crate) spare_account: bool,
    /// Only tell what it would come to
    #[arg(long)]
    pub(crate) trial: bool,
}

/// `yibao visit show`
#[derive(Debug, ClapArgs)]
pub(crate) struct Show {
    /// The person's number, or an identity number
    pub(crate) person: String,
    /// The visit's number
    pub(crate) visit: u64,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `yibao reverse`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Example:
  yibao reverse 420102196601031008 17 --on 2024-03-02
Settlements latest first, a premium after the credits that came of it. What a settlement gives back to somebody who has died goes on
to the heir.")]
pub(crate) struct Reverse {
    #[command(flatten)]
    pub(crate) asked: Asked,
    /// Number of the entry, as the settlement or the statement tells it
    pub(crate) entry: u64,
    /// The day; that of the entry if absent
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) on: Option<Date>,
}

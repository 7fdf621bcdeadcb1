//! The arguments of the commands that work with an agency's data.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};
use domain::Fen;
use domain::bill::Scheme;
use domain::credit_code::CreditCode;
use domain::identity_number::IdentityNumber;
use domain::membership::Joining;
use domain::month::Month;
use domain::person::Status;
use domain::region::Region;
use domain::setting::Setting;
use jiff::civil::Date;

use super::value::{employer, identity_number, joining, month, server, setting, status, yuan};
use super::{day, region, scheme};
use crate::desk::stated::Stated;

/// Where an agency's data are.
#[derive(Clone, Debug, ClapArgs)]
#[command(next_help_heading = "Agency 经办")]
pub(crate) struct Place {
    /// The agency's data directory 数据目录
    #[arg(
        long,
        global = true,
        env = "YIBAO_DATA",
        default_value = "yibao-data",
        value_name = "DIR"
    )]
    pub(crate) data: PathBuf,
    /// Keep the books in a PostgreSQL database instead; name the region too 数据库
    #[arg(
        long,
        global = true,
        env = "YIBAO_STORE",
        hide_env_values = true,
        value_parser = server,
        value_name = "URL"
    )]
    pub(crate) store: Option<String>,
    /// The key file; `DIR.key` beside the data directory if absent 密钥文件
    #[arg(long, global = true, env = "YIBAO_KEY", value_name = "FILE")]
    pub(crate) key: Option<PathBuf>,
    /// The pooling region, if the data directory has several 统筹区
    #[arg(long = "region", global = true, value_parser = region, value_name = "REGION")]
    pub(crate) of_region: Option<Region>,
}

/// A request for one person.
#[derive(Debug, ClapArgs)]
pub(crate) struct Asked {
    /// The person's number, or an identity number
    pub(crate) person: String,
    /// The caller's own number of the request: carried out once, however often it comes; name the day too 请求标识
    #[arg(long, value_name = "KEY")]
    pub(crate) request: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `yibao init`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  yibao init --region 310000
  yibao init --region 310000 --lanes 4 --data /var/lib/yibao
A key is made beside the data directory if there is none. Keep it elsewhere too: without it no name can be read and nobody found.")]
pub(crate) struct Init {
    /// Files that hold persons, each with a writer of its own 分道数
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=64))]
    pub(crate) lanes: u8,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// The registers that can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Register {
    /// Insured persons
    Persons,
    /// Employers
    Employers,
    /// Providers with an agreement
    Facilities,
    /// What the insurance pays for
    Catalogue,
    /// Contributions that were paid
    Premiums,
    /// Diseases, care elsewhere, approvals
    Registrations,
}

/// `yibao import`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  yibao import employers catalogues/employers.csv
  yibao import persons catalogues/persons.csv
  yibao import persons --keep-good persons.csv          what is good is taken, the rest told
  yibao import premiums --stated employer:pooled:8% --stated person:account:2% catalogues/premiums.csv
  yibao import catalogue --national catalogues/national/insured-items.txt catalogues/national/price-limits.txt
The forms are in docs/import.md. Every bad row is told with its line, column, value and rule. Rows that are known already change
nothing, so a file may be imported again. Where the policy has no rows for a premium, --stated says what was paid: by whom, into
which purse, how much a month, or which part of the base.
The exit code is 1 if any row was refused.")]
pub(crate) struct Import {
    /// Which register
    #[arg(value_enum)]
    pub(crate) register: Register,
    /// Files of it
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Take the good rows of a file that has bad ones; without it such a file is refused as a whole
    #[arg(long)]
    pub(crate) keep_good: bool,
    /// Files of the national catalogue: insured-items, price-limits, first-shares, drugs, herbs, preparations, services, materials
    /// by their names, or `insured-items=FILE`
    #[arg(long)]
    pub(crate) national: bool,
    /// Whose first shares are taken from the national catalogue
    #[arg(long, value_parser = scheme, default_value = "employee")]
    pub(crate) scheme: Scheme,
    /// The type of price limit that is taken from the national catalogue; all if absent
    #[arg(long, value_name = "TYPE")]
    pub(crate) limit_type: Option<String>,
    /// What was paid where the policy has no rows: `employer:pooled:8%`
    #[arg(long, value_name = "PAYER:PURSE:SUM", value_parser = Stated::parse)]
    pub(crate) stated: Vec<Stated>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `yibao enrol`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Example:
  yibao enrol --identity-number 420106198504120179 --name 王一 --status active --from 2024-01-01 --base 8000
The birth day and the sex are those of the identity number. The answer is the person's number.")]
pub(crate) struct Enrol {
    /// 18 characters 公民身份号码
    #[arg(long, value_parser = identity_number, value_name = "NUMBER")]
    pub(crate) identity_number: IdentityNumber,
    /// Name 姓名
    #[arg(long)]
    pub(crate) name: String,
    /// `active`, `retired`, `flexible` or `resident` 人员状态
    #[arg(long, value_parser = status)]
    pub(crate) status: Status,
    /// First day 参保日期
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) from: Date,
    /// How it came about: `first`, `return`, `transfer`, `newborn` … 参保方式
    #[arg(long, value_parser = joining, default_value = "first")]
    pub(crate) joining: Joining,
    /// Code of the employer 单位代码
    #[arg(long, value_parser = employer, value_name = "CODE")]
    pub(crate) employer: Option<CreditCode>,
    /// Monthly base of contribution, in yuan 缴费基数
    #[arg(long, value_parser = yuan, value_name = "YUAN")]
    pub(crate) base: Option<Fen>,
    /// Day of retirement 退休日期
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) retired: Option<Date>,
    /// What a policy may ask about, by code 人员身份
    #[arg(long = "identity", value_name = "CODE")]
    pub(crate) identities: Vec<String>,
    /// Months that count and were not paid here 视同及转入缴费月数
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(crate) earlier_months: u32,
    /// What the account brings along from elsewhere, in yuan 转入账户余额
    #[arg(long, value_parser = yuan, default_value = "0", value_name = "YUAN")]
    pub(crate) opening: Fen,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `yibao contribute`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  yibao contribute --month 2024-01
  yibao contribute --month 2024-01 --paid 2024-02-10 --employer 91420106MA4K00010G
  yibao contribute --year 2024 --stated person:pooled:380 --stated government:pooled:640
A month's premium is that of the active and the flexible, a year's that of the residents. Who has paid already is left out, so it
may be done again.")]
pub(crate) struct Contribute {
    /// The month, like 2024-01, of those who pay by the month
    #[arg(long, value_parser = month, value_name = "MONTH", required_unless_present = "year")]
    pub(crate) month: Option<Month>,
    /// The year, like 2024, of the residents
    #[arg(long, value_parser = clap::value_parser!(i16).range(1990..=2200), conflicts_with = "month", value_name = "YEAR")]
    pub(crate) year: Option<i16>,
    /// The day it was paid; the month's last, or the year's first, if absent
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) paid: Option<Date>,
    /// Only those whom this employer employs
    #[arg(long, value_name = "CODE")]
    pub(crate) employer: Option<String>,
    /// What was paid where the policy has no rows: `employer:pooled:8%`
    #[arg(long, value_name = "PAYER:PURSE:SUM", value_parser = Stated::parse)]
    pub(crate) stated: Vec<Stated>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `yibao credit`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Example:
  yibao credit --month 2024-01 --on 2024-02-05
The month's credit comes after its premium. Where the policy credits a year in advance, the year's is credited in its first month.
Who is credited already is left out, so it may be done again.")]
pub(crate) struct Credit {
    /// The month, like 2024-01
    #[arg(long, value_parser = month, value_name = "MONTH")]
    pub(crate) month: Month,
    /// The day; the month's last if absent
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) on: Option<Date>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `yibao interest`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Example:
  yibao interest --until 2024-06-30
By the policy's rule, or the country's where the region has none, and the rates of the banks in policies/national/rates.toml.")]
pub(crate) struct Interest {
    /// The day up to which the accounts bear interest
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) until: Date,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `yibao close-year`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Example:
  yibao close-year --year 2024-07-01
The accounts bear interest up to the day before, and the current-year part becomes prior years' money. Only accounts of a scheme
whose benefit year begins on this day are closed.")]
pub(crate) struct CloseYear {
    /// First day of the benefit year that begins
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) year: Date,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `yibao coverage`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  yibao coverage 420102196601031008 2024-03-01
  yibao coverage 420102196601031008                     today")]
pub(crate) struct Coverage {
    /// The person's number, or an identity number
    pub(crate) person: String,
    /// The day; today if absent
    #[arg(value_parser = day)]
    pub(crate) day: Option<Date>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `yibao forecast`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Example:
  yibao forecast 420102196601031008 --amount 300 --facility H42010600001 --on 2024-03-01
What an outpatient visit would cost now, and after the next credit of the account. The amount is taken as in scope of the catalogue.")]
pub(crate) struct Forecast {
    /// The person's number, or an identity number
    pub(crate) person: String,
    /// In-scope cost, in yuan
    #[arg(long, value_parser = yuan, value_name = "YUAN")]
    pub(crate) amount: Fen,
    /// Code of the provider 机构编码
    #[arg(long, value_name = "CODE")]
    pub(crate) facility: String,
    /// Setting of care: `outpatient`, `pharmacy` …
    #[arg(long, value_parser = setting, default_value = "outpatient")]
    pub(crate) setting: Setting,
    /// The day; today if absent
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) on: Option<Date>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `yibao statement`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  yibao statement 420102196601031008
  yibao statement 420102196601031008 --from 2024-01-01 --to 2024-12-31 --show-name")]
pub(crate) struct Statement {
    /// The person's number, or an identity number
    pub(crate) person: String,
    /// First day
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) from: Option<Date>,
    /// Last day
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) to: Option<Date>,
    /// The name and identity number in full
    #[arg(long)]
    pub(crate) show_name: bool,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `yibao funds`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  yibao funds
  yibao funds --from 2024-01 --to 2024-12")]
pub(crate) struct Funds {
    /// First month
    #[arg(long, value_parser = month, value_name = "MONTH")]
    pub(crate) from: Option<Month>,
    /// Last month
    #[arg(long, value_parser = month, value_name = "MONTH")]
    pub(crate) to: Option<Month>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `yibao audit`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Example:
  yibao audit
Everything is derived anew from the entries and held against the laws. The exit code is 1 if anything does not hold.")]
pub(crate) struct Audit {
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `yibao backup`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Example:
  yibao backup /mnt/backup/2024-03-31
A whole copy of every lane with a manifest of where its chain ends, verified. The key is not part of it: keep a copy of it elsewhere.")]
pub(crate) struct Backup {
    /// A directory that is not there yet
    #[arg(value_name = "TO")]
    pub(crate) to: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `yibao restore`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Example:
  yibao restore /mnt/backup/2024-03-31 --data yibao-data
Into a data directory that is not there yet; the chain of each lane must end as the manifest says.")]
pub(crate) struct Restore {
    /// The directory of the backup
    #[arg(value_name = "FROM")]
    pub(crate) from: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `yibao demo`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  yibao demo --persons 20000 --months 12 --seed 1
  yibao demo --persons 1000000 --months 12 --seed 7 --no-visits --data /tmp/town
Makes an agency, of region 310000 if none is named, with a synthetic town, and lets the months go by: premiums, credits, births,
changes of employer, retirements, deaths, moves, visits. Nobody in it exists. The same seed gives the same books: the chain of each
lane ends in the same hash. The key is made from the seed and no secret.")]
pub(crate) struct Demo {
    /// How many persons
    #[arg(long, default_value_t = 2_000)]
    pub(crate) persons: u64,
    /// How many months
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(0..=240))]
    pub(crate) months: u32,
    /// The seed from which everything follows
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// The first month
    #[arg(long, value_parser = month, default_value = "2024-01", value_name = "MONTH")]
    pub(crate) start: Month,
    /// Nobody falls ill
    #[arg(long)]
    pub(crate) no_visits: bool,
    /// Files that hold persons
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=64))]
    pub(crate) lanes: u8,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

//! The arguments of `yibao reconcile`.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use domain::bill::Scheme;
use domain::month::Month;
use domain::setting::Setting;
use jiff::civil::Date;

use super::value::{month, setting};
use super::{day, scheme};

/// `yibao reconcile`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  yibao reconcile --institution H42010600001 --month 2024-03
  yibao reconcile --institution H42010600001 --month 2024-03 --their rows.zip
  yibao reconcile --institution H42010600001 --from 2024-01-01 --to 2024-03-31 --their rows.csv --scheme employee
Sums are by the day of recording, settlements and refunds apart. The institution's own rows are a text, or a ZIP of one: settlement,
visit, person, total, funds, account, refund 0 or 1, divided by tabs; or a CSV with a heading of the interface's names, which may have
the time, too. What differs is told from the months over the days to the bills. The exit code is 1 if anything differs.
A running server holds the data directory: then institutions ask it themselves.")]
pub(crate) struct Reconcile {
    /// Code of the institution 机构编码
    #[arg(long, value_name = "CODE")]
    pub(crate) institution: String,
    /// The month, like 2024-03
    #[arg(long, value_parser = month, value_name = "MONTH", required_unless_present = "from")]
    pub(crate) month: Option<Month>,
    /// First day, instead of a month
    #[arg(long, value_parser = day, value_name = "DAY", conflicts_with = "month", requires = "to")]
    pub(crate) from: Option<Date>,
    /// Last day
    #[arg(long, value_parser = day, value_name = "DAY", requires = "from")]
    pub(crate) to: Option<Date>,
    /// Only a scheme 险种
    #[arg(long, value_parser = scheme, value_name = "SCHEME")]
    pub(crate) scheme: Option<Scheme>,
    /// Only a setting 就诊类型
    #[arg(long, value_parser = setting, value_name = "SETTING")]
    pub(crate) setting: Option<Setting>,
    /// The institution's own rows 机构明细
    #[arg(long, value_name = "FILE")]
    pub(crate) their: Option<PathBuf>,
    /// The institution counts accounts among the funds 基金含个人账户
    #[arg(long)]
    pub(crate) funds_with_account: bool,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

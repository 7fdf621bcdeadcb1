//! The arguments of `yibao account`: one person's account and what relatives may draw of it.

use agency::record::money::Grant;
use clap::{Args as ClapArgs, Subcommand};
use domain::Fen;
use jiff::civil::Date;

use super::day;
use super::desk::Asked;
use super::value::{grant, yuan};

/// `yibao account`
#[derive(Debug, Subcommand)]
pub(crate) enum Account {
    /// Balances, grants, the year so far, open visits 账户查询
    #[command(after_help = "Example:\n  yibao account show 420102196601031008")]
    Show(Show),
    /// Let a relative draw on the account, to an amount that is set aside 家庭共济授权
    #[command(after_help = "\
Example:
  yibao account grant 420102196601031008 --to 420102199001011005 --amount 1000 --on 2024-03-01
The answer is the grant's number, by which the relative may give back what is left.")]
    Grant(Give),
    /// Give what is left of a grant back to its giver 家庭共济退还
    #[command(after_help = "\
Example:
  yibao account give-back 420102199001011005 --grant 42010001-17
The person is the relative who received it; `yibao account show` tells the grants.")]
    GiveBack(GiveBack),
    /// Draw money out, where the policy lets it be drawn 支取
    #[command(
        after_help = "Example:\n  yibao account withdraw 110105196601031002 --amount 500 --on 2024-03-01"
    )]
    Withdraw(Withdraw),
}

/// `yibao account show`
#[derive(Debug, ClapArgs)]
pub(crate) struct Show {
    /// The person's number, or an identity number
    pub(crate) person: String,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `yibao account grant`
#[derive(Debug, ClapArgs)]
pub(crate) struct Give {
    #[command(flatten)]
    pub(crate) asked: Asked,
    /// The relative: a person's number, or an identity number 亲属
    #[arg(long, value_name = "PERSON")]
    pub(crate) to: String,
    /// How much, in yuan 金额
    #[arg(long, value_parser = yuan, value_name = "YUAN")]
    pub(crate) amount: Fen,
    /// The day; today if absent
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) on: Option<Date>,
}

/// `yibao account give-back`
#[derive(Debug, ClapArgs)]
pub(crate) struct GiveBack {
    #[command(flatten)]
    pub(crate) asked: Asked,
    /// Number of the grant 授权编号
    #[arg(long, value_parser = grant, value_name = "LANE-ENTRY")]
    pub(crate) grant: Grant,
    /// The day; today if absent
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) on: Option<Date>,
}

/// `yibao account withdraw`
#[derive(Debug, ClapArgs)]
pub(crate) struct Withdraw {
    #[command(flatten)]
    pub(crate) asked: Asked,
    /// How much, in yuan 金额
    #[arg(long, value_parser = yuan, value_name = "YUAN")]
    pub(crate) amount: Fen,
    /// The day; today if absent
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub(crate) on: Option<Date>,
}

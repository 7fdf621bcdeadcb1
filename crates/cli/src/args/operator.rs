//! The arguments of `yibao operator`.

use clap::{Args as ClapArgs, Subcommand};

/// `yibao operator`
#[derive(Debug, Subcommand)]
pub(crate) enum Operator {
    /// Make an operator; the password is printed once 新增操作员
    Make(Make),
    /// All operators, with their roles 操作员名单
    List(List),
    /// Give an operator another password 重设密码
    Renew(Named),
    /// End an operator's work 停用
    End(Named),
}

/// `yibao operator make`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  yibao operator make wang.li --called 王丽 --role administrator
  yibao operator make till-1 --called 收费一窗 --role cashier --institution H33010000001
The first administrator is made here; the others are made at /agency/operators. The password is to be changed at the first signing in.
The service must not be running on the same data directory: make the first administrator before it is opened.")]
pub(crate) struct Make {
    /// Small letters, digits, `.`, `-`, `_` 用户名
    pub(crate) name: String,
    /// What people call the person 姓名
    #[arg(long)]
    pub(crate) called: String,
    /// `reader`, `clerk`, `reviewer`, `administrator` or `cashier` 角色
    #[arg(long, value_parser = super::value::role)]
    pub(crate) role: agency::operator::Role,
    /// A cashier's institution 机构编码
    #[arg(
        long,
        default_value = "",
        hide_default_value = true,
        value_name = "CODE"
    )]
    pub(crate) institution: String,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `yibao operator list`
#[derive(Debug, ClapArgs)]
pub(crate) struct List {
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// One operator.
#[derive(Debug, ClapArgs)]
pub(crate) struct Named {
    /// The operator's name 用户名
    pub(crate) name: String,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

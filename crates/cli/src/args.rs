//! The arguments of `yibao`.

pub(crate) mod account;
pub(crate) mod desk;
pub(crate) mod member;
pub(crate) mod operator;
pub(crate) mod reconcile;
pub(crate) mod serve;
pub(crate) mod trace;
mod value;
pub(crate) mod visit;

use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use domain::bill::Scheme;
use domain::region::Region;
use jiff::civil::Date;

/// Settle medical-insurance bills to the fen, and say why. 医保结算：一分不差，句句有据。
#[derive(Debug, Parser)]
#[command(name = "yibao", version, after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Language of what people read; by the locale if absent 语言
    #[arg(long, global = true, value_enum)]
    pub(crate) lang: Option<LangArg>,
    /// Folder of the policies; `policies` if absent 政策目录
    #[arg(long, global = true, env = "YIBAO_POLICIES", value_name = "DIR")]
    pub(crate) policies: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) place: desk::Place,
    #[command(subcommand)]
    pub(crate) command: Command,
}

impl Args {
    /// Where the policies are: where it was said, or where they lie for such a command.
    pub(crate) fn policies(&self) -> &Path {
        let usual = match &self.command {
            Command::Serve(serve) if serve.is_sandbox(self.place.of_region) => "sandbox/policies",
            _ => "policies",
        };
        self.policies.as_deref().unwrap_or(Path::new(usual))
    }
}

const EXAMPLES: &str = "\
Examples:
  yibao serve --demo                                    hospitals and pharmacies settle with a town to try
  yibao settle examples/beijing-inpatient.toml          who pays what, step by step
  yibao settle --lang en --json bill.json               the same for machines
  cat bill.toml | yibao settle -                        from standard input
  yibao compare examples/beijing-inpatient.toml         the same bill in every region
  yibao verify                                          every published example, to the fen
  yibao policy show 110000 employee 2005-06-01          the tables of a policy
  yibao schema bill                                     the form of a bill, as JSON Schema";

/// Language of what people read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LangArg {
    /// 中文
    Zh,
    /// English
    En,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Settle one bill and explain every fen 结算一张账单
    Settle(Settle),
    /// One bill under the policies of many regions 各地比较
    Compare(Compare),
    /// Settle case files and compare with what is expected 核对算例
    Verify(Verify),
    /// List, show, check and compare policies 政策
    #[command(subcommand)]
    Policy(Policy),
    /// Print a form as a JSON Schema 打印 JSON Schema
    Schema(Schema),
    /// Make an agency: its data, its key 建立经办数据
    Init(desk::Init),
    /// Take in registers and catalogues 导入名册和目录
    Import(desk::Import),
    /// Enrol a person 参保登记
    Enrol(desk::Enrol),
    /// A month's or a year's premiums of all persons 缴费
    Contribute(desk::Contribute),
    /// A month's credits to all accounts 划入个人账户
    Credit(desk::Credit),
    /// Interest of all accounts 计息
    Interest(desk::Interest),
    /// Close the benefit year of all accounts 年度结转
    CloseYear(desk::CloseYear),
    /// One person: changes, leaving, death, registration, premiums 参保人业务
    #[command(subcommand)]
    Member(member::Member),
    /// One person's account: balances, family grants, withdrawal 个人账户
    #[command(subcommand)]
    Account(account::Account),
    /// Bills that come whole, and stays in parts 就诊结算
    #[command(subcommand)]
    Visit(visit::Visit),
    /// Take a settlement, a premium or a credit back 冲正
    Reverse(visit::Reverse),
    /// Was a person covered on a day, and why 待遇享受
    Coverage(desk::Coverage),
    /// What a visit costs now, and after the next credit 等等再看
    Forecast(desk::Forecast),
    /// A person's account, entry by entry 对账单
    Statement(desk::Statement),
    /// Income, outlay and balance of the funds by month 基金收支
    Funds(desk::Funds),
    /// What an institution has against what the agency has: months, days, bills 对账
    Reconcile(reconcile::Reconcile),
    /// Derive everything anew and hold it against the laws 稽核
    Audit(desk::Audit),
    /// Copy the agency's data while it works 备份
    Backup(desk::Backup),
    /// Put a backup into a new data directory 恢复
    Restore(desk::Restore),
    /// One message of an institution word for word, or the last ones 报文留痕
    Trace(trace::Trace),
    /// Who works with the pages: making one, the list, passwords 操作员
    #[command(subcommand)]
    Operator(operator::Operator),
    /// An agency with a synthetic town, and its months 演示
    Demo(desk::Demo),
    /// Open the doors: hospitals and pharmacies settle in real time 开通两定接口
    Serve(Box<serve::Serve>),
}

/// `yibao settle`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  yibao settle examples/beijing-inpatient.toml
  yibao settle --lang en examples/shanghai-outpatient.toml
  yibao settle --json - < examples/beijing-retired-inpatient.json
The form of a bill is in docs/bill.md; `yibao schema bill` prints it as a JSON Schema.
The exit code is 0 when the bill could be settled, also when the funds refuse it; 1 when not; 2 for wrong arguments.")]
pub(crate) struct Settle {
    /// The bill, TOML or JSON; `-` is standard input
    pub(crate) bill: PathBuf,
    /// Print JSON; the form is in docs/settlement.md
    #[arg(long)]
    pub(crate) json: bool,
    /// Settle under this policy file instead of the one in force
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,
}

/// `yibao compare`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  yibao compare examples/beijing-inpatient.toml         under every region's policy of the day
  yibao compare --regions 110000,310000 bill.toml
The bill is settled as if the person were insured in each region; its own region is left aside. A region without a rule for the
bill is named with the reason. The exit code is 1 if no region can settle it.")]
pub(crate) struct Compare {
    /// The bill, TOML or JSON; `-` is standard input
    pub(crate) bill: PathBuf,
    /// `all`, or codes of regions with commas between
    #[arg(long, value_parser = regions, default_value = "all", value_name = "REGIONS")]
    pub(crate) regions: Regions,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Which regions to compare.
#[derive(Clone, Debug)]
pub(crate) enum Regions {
    /// All that have policies.
    All,
    /// These.
    These(Vec<Region>),
}

fn regions(text: &str) -> Result<Regions, String> {
    if text == "all" {
        return Ok(Regions::All);
    }
    let regions: Result<Vec<Region>, String> =
        text.split(',').map(|code| region(code.trim())).collect();
    regions.map(Regions::These)
}

/// `yibao verify`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  yibao verify                                          all case files below the policies
  yibao verify policies/110000/employee/cases/*.toml
The form of a case file is in docs/cases.md. The exit code is 1 on any difference.")]
pub(crate) struct Verify {
    /// Case files; all below the policies if absent
    pub(crate) files: Vec<PathBuf>,
    /// List every case, not only those that differ
    #[arg(long, short)]
    pub(crate) all: bool,
    /// Print Markdown: the cases that agree, and those whose source is wrong
    #[arg(long, conflicts_with_all = ["all", "json"])]
    pub(crate) markdown: bool,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `yibao policy`
#[derive(Debug, Subcommand)]
pub(crate) enum Policy {
    /// All policies with their days 列出政策
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// The tables of a policy 显示政策
    #[command(after_help = "Example:\n  yibao policy show 110000 employee 2005-06-01")]
    Show {
        /// Six digits
        #[arg(value_parser = region)]
        region: Region,
        /// `employee` or `resident`
        #[arg(value_parser = scheme)]
        scheme: Scheme,
        /// The day, like 2005-06-01; the latest policy if absent
        #[arg(value_parser = day)]
        day: Option<Date>,
    },
    /// Prove what can be proved of policy files 检查政策
    #[command(after_help = "\
Examples:
  yibao policy check                                    all files of the folder
  yibao policy check policies/110000/employee/2005-01-01.toml")]
    Check {
        /// Policy files; all of the folder if absent
        files: Vec<PathBuf>,
    },
    /// Which regions and settings have rules, and what is missing, as Markdown 覆盖情况
    Coverage,
    /// What changes from one policy file to another 比较政策
    #[command(after_help = "\
Example:
  yibao policy diff policies/420100/employee/2023-02-01.toml policies/420100/employee/2023-04-10.toml")]
    Diff {
        /// The earlier file
        from: PathBuf,
        /// The later file
        to: PathBuf,
    },
    /// The form of a policy file, as JSON Schema 政策文件格式
    Schema,
}

/// `yibao schema`
#[derive(Debug, ClapArgs)]
pub(crate) struct Schema {
    /// Which form
    #[arg(value_enum)]
    pub(crate) form: Form,
}

/// The forms that have a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// A bill
    Bill,
    /// A policy file
    Policy,
    /// A case file
    Case,
    /// What `settle --json` prints
    Settlement,
}

fn region(text: &str) -> Result<Region, String> {
    Region::parse(text).ok_or_else(|| "a region is six digits, like 110000".into())
}

fn scheme(text: &str) -> Result<Scheme, String> {
    Scheme::from_code(text).ok_or_else(|| "a scheme is `employee` or `resident`".into())
}

fn day(text: &str) -> Result<Date, String> {
    let plain = text.len() == 10;
    let day = plain.then(|| text.parse().ok()).flatten();
    day.ok_or_else(|| "a day is written like 2005-06-01".into())
}

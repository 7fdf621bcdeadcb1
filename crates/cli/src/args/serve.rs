//! The arguments of `yibao serve`. Those that are settings have one name: here, in the settings file and in the environment.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use domain::region::Region;

/// The invented region in which things are tried.
pub(crate) const SANDBOX: &str = "999900";

/// `yibao serve`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  yibao serve --demo                                    a town to try, and three commands to try it with
  yibao serve --sandbox --listen 127.0.0.1:8787         the data directory as it is, refusals told in full
  yibao serve --settings service.toml                   institutions, keys, limits, TLS: docs/service-security.md
  yibao serve --settings service.toml --print-settings  what holds, and who said so
An argument goes before the environment (YIBAO_LISTEN …), that before the settings file, that before what holds by itself.
SIGTERM ends it: no new connection is taken, what was accepted is finished.")]
pub(crate) struct Serve {
    /// A town of the invented region 999900 to try things, made if there is no data directory; implies --sandbox 演示
    #[arg(long)]
    pub(crate) demo: bool,
    /// The settings file 设置文件
    #[arg(long, env = "YIBAO_SETTINGS", value_name = "FILE")]
    pub(crate) settings: Option<PathBuf>,
    /// Print every setting, its value and who said it, and end 打印设置
    #[arg(long)]
    pub(crate) print_settings: bool,
    /// Write the address to this file once connections are taken
    #[arg(long, value_name = "FILE")]
    pub(crate) ready_file: Option<PathBuf>,
    /// Write lists of persons, items and institutions for a load to this folder, and end
    #[arg(long, value_name = "DIR")]
    pub(crate) load_lists: Option<PathBuf>,
    /// Print the test persons and the address as JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) of_settings: OfSettings,
}

impl Serve {
    /// Is it about the invented region?
    pub(crate) fn is_sandbox(&self, region: Option<Region>) -> bool {
        self.demo && region.is_none_or(|region| region.to_string() == SANDBOX)
    }
}

/// The settings that have one value each.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Settings 设置")]
pub(crate) struct OfSettings {
    /// Address and port
    #[arg(long, value_name = "ADDR:PORT")]
    pub(crate) listen: Option<String>,
    /// A place to try things: refusals tell all that is known 沙箱
    #[arg(long, num_args = 0..=1, default_missing_value = "true", require_equals = true, value_name = "BOOL")]
    pub(crate) sandbox: Option<String>,
    /// Certificate of TLS, PEM
    #[arg(long, value_name = "FILE")]
    pub(crate) certificate: Option<String>,
    /// Its private key, PEM
    #[arg(long, value_name = "FILE")]
    pub(crate) certificate_key: Option<String>,
    /// Institutions that are not listed: `refused`, or `none`: believed without proof
    #[arg(long, value_name = "PROFILE")]
    pub(crate) default_profile: Option<String>,
    /// How old a signed message may be, in seconds
    #[arg(long, value_name = "SECONDS")]
    pub(crate) window: Option<String>,
    /// Messages a second from one institution
    #[arg(long, value_name = "NUMBER")]
    pub(crate) institution_rate: Option<String>,
    /// Messages a second from one address
    #[arg(long, value_name = "NUMBER")]
    pub(crate) address_rate: Option<String>,
    /// The largest body
    #[arg(long, value_name = "SIZE")]
    pub(crate) body_limit: Option<String>,
    /// The largest body with a file in it
    #[arg(long, value_name = "SIZE")]
    pub(crate) upload_limit: Option<String>,
    /// Messages that may wait
    #[arg(long, value_name = "NUMBER")]
    pub(crate) waiting_limit: Option<String>,
    /// The log of who did what
    #[arg(long, value_name = "FILE")]
    pub(crate) access_log: Option<String>,
    /// How large it grows before it is put aside
    #[arg(long, value_name = "SIZE")]
    pub(crate) access_log_size: Option<String>,
    /// Keep messages word for word in this file
    #[arg(long, value_name = "FILE")]
    pub(crate) trace: Option<String>,
    /// How large that file grows
    #[arg(long, value_name = "SIZE")]
    pub(crate) trace_size: Option<String>,
    /// How much the program's own log tells
    #[arg(long, value_name = "LEVEL")]
    pub(crate) log: Option<String>,
    /// `text`, `json` or `auto`
    #[arg(long, value_name = "FORM")]
    pub(crate) log_form: Option<String>,
    /// The folder of uploaded and prepared files
    #[arg(long, value_name = "DIR")]
    pub(crate) files: Option<String>,
    /// How codes reach insured persons who sign in: a program, `shown` or `off`
    #[arg(long, value_name = "HOW")]
    pub(crate) one_time_codes: Option<String>,
    /// Whether operators sign in at the pages: `on` or `off`
    #[arg(long, value_name = "WHETHER")]
    pub(crate) operators: Option<String>,
    /// Whether a proxy on this machine tells the client's address: `on` or `off`
    #[arg(long, value_name = "WHETHER")]
    pub(crate) proxy: Option<String>,
}

impl OfSettings {
    /// Key and value of each that was given. A table; a test holds it against the keys of the service.
    pub(crate) fn given(&self) -> Vec<(&'static str, String)> {
        let all: [(&'static str, &Option<String>); 21] = [
            ("listen", &self.listen),
            ("sandbox", &self.sandbox),
            ("certificate", &self.certificate),
            ("certificate_key", &self.certificate_key),
            ("default_profile", &self.default_profile),
            ("window", &self.window),
            ("institution_rate", &self.institution_rate),
            ("address_rate", &self.address_rate),
            ("body_limit", &self.body_limit),
            ("upload_limit", &self.upload_limit),
            ("waiting_limit", &self.waiting_limit),
            ("access_log", &self.access_log),
            ("access_log_size", &self.access_log_size),
            ("trace", &self.trace),
            ("trace_size", &self.trace_size),
            ("log", &self.log),
            ("log_form", &self.log_form),
            ("files", &self.files),
            ("one_time_codes", &self.one_time_codes),
            ("operators", &self.operators),
            ("proxy", &self.proxy),
        ];
        let given = all.into_iter();
        given
            .filter_map(|(key, value)| Some((key, value.clone()?)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use crate::args::Args;

    #[test]
    fn every_setting_is_an_argument() {
        let args = Args::command();
        let serve = args.find_subcommand("serve").expect("the command");
        let known: Vec<_> = serve.get_arguments().filter_map(|a| a.get_long()).collect();
        for key in service::settings::KEYS {
            let flag = key.flag();
            assert!(known.contains(&flag.trim_start_matches("--")), "{flag}");
        }
    }
}

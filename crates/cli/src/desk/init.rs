//! `yibao init`: makes an agency: its data directory, its lanes, its key.

use std::process::ExitCode;

use agency::Agency;
use domain::words::Lang;
use serde_json::json;

use super::Desk;
use crate::args::desk::Init;
use crate::output::pretty;

pub(crate) fn run(command: &Init, desk: &Desk<'_>) -> Result<ExitCode, String> {
    let output = desk.output;
    let region = desk.place.of_region.ok_or_else(|| {
        output
            .say(
                "请用 --region 指明统筹区，如 --region 310000",
                "name the pooling region with --region, like --region 310000",
            )
            .to_owned()
    })?;
    let key = desk.key();
    let made_key = !key.exists();
    let options = desk.options(region);
    let agency = Agency::create(&options, command.lanes).map_err(|e| desk.told(&e))?;
    let office = agency.office();
    let policies = office.policies.current().len();
    let (data, key) = (desk.books(), key.display());
    if command.json {
        output.line(&pretty(&json!({
            "region": region.to_string(),
            "data": data,
            "key": key.to_string(),
            "key_made": made_key,
            "lanes": agency.lanes(),
            "policies": policies,
        })));
        return Ok(ExitCode::SUCCESS);
    }
    let lanes = agency.lanes();
    output.line(&match output.lang {
        Lang::Zh => format!(
            "已在 {data} 建立统筹区 {region} 的经办数据：分道 {lanes} 个，政策 {policies} 份。"
        ),
        Lang::En => format!(
            "The agency of region {region} is in {data}: lanes of persons: {lanes}, policies: {policies}."
        ),
    });
    if policies == 0 {
        output.line(output.say(
            "注意：政策目录中没有此统筹区的政策，不能缴费、划账或结算。",
            "Mind: the folder of policies has none of this region; nothing can be paid, credited or settled.",
        ));
    }
    if made_key {
        output.line(&match output.lang {
            Lang::Zh => format!(
                "密钥在 {key}。请另行保管一份：没有它，姓名无法读出，人员无法查找。"
            ),
            Lang::En => format!(
                "The key is in {key}. Keep a copy elsewhere: without it no name can be read and nobody found."
            ),
        });
    }
    Ok(ExitCode::SUCCESS)
}

//! `facilities.csv`: the providers with an agreement.

use std::io::Read;

use domain::agreement::Agreement;
use domain::facility::FacilityKind;

use super::cells::{Cells, Column};
use super::row_error::RowErrors;
use super::sheet::{Form, Once, Sheet};
use super::spelling;

const FORM: Form<Agreement> = Form {
    columns: &[
        Column::needed("code", &["机构编码", "定点医药机构编号"]),
        Column::needed("name", &["机构名称", "定点医药机构名称"]),
        Column::needed("region", &["所在地区划", "医保区划"]),
        Column::needed("kind", &["机构类型"]),
        Column::optional("level", &["医院等级", "机构等级"]),
        Column::optional("community", &["社区卫生服务机构"]),
        Column::optional("tags", &["标签"]),
        Column::needed("agreement_from", &["协议开始日期"]),
        Column::optional("agreement_until", &["协议结束日期"]),
        Column::optional("suspended", &["中止期间"]),
    ],
    read,
    once: Some(Once {
        column: "code",
        what: "this provider",
        of: |agreement| agreement.code.clone(),
    }),
};

/// The agreements of a file.
///
/// # Errors
/// What is wrong with the header.
pub fn facilities<R: Read>(file: &str, input: R) -> Result<Sheet<Agreement, R>, RowErrors> {
    Sheet::with_header(file, input, &FORM)
}

fn read(cells: &mut Cells<'_>) -> Option<Agreement> {
    let code = cells.need("code", spelling::code);
    let name = cells.need("name", spelling::text);
    let region = cells.need("region", spelling::region);
    let kind = cells.need("kind", |cell| {
        spelling::word(
            cell,
            FacilityKind::ALL,
            FacilityKind::code,
            FacilityKind::name,
        )
    });
    let level = cells.optional("level", spelling::level);
    let community = cells.optional("community", spelling::flag);
    let tags = cells.list("tags", spelling::policy_word);
    let days = cells.days("agreement_from", "agreement_until");
    let suspended = cells.list("suspended", spelling::span);
    if let (Some(FacilityKind::Pharmacy), Some(Some(1..))) = (kind, level) {
        cells.fault("level", "a pharmacy has no level");
    }
    let (from, until) = days?;
    Some(Agreement {
        code: code?,
        name: name?,
        region: region?,
        kind: kind?,
        level: level?.unwrap_or(0),
        community: community?.unwrap_or(false),
        tags: tags?,
        from,
        until,
        suspended: suspended?,
    })
}

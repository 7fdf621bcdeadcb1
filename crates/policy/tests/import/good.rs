//! What a good row becomes, form by form, with English and with Chinese headers.

use domain::agreement::Agreement;
use domain::bill::{Category, ItemClass, UnitPrice};
use domain::catalogue::CatalogueItem;
use domain::credit_code::CreditCode;
use domain::day::Span;
use domain::facility::FacilityKind;
use domain::identity_number::IdentityNumber;
use domain::membership::Sex;
use domain::person::Status;
use domain::region::Region;
use domain::registration::{Registration, RegistrationKind};
use domain::{Fen, Ratio};
use jiff::civil::date;
use policy::import::{self, EmployerRow, PersonRow, PremiumRow, RegistrationRow, Row};

const NUMBER: &str = "420106198504120179";

fn number() -> IdentityNumber {
    IdentityNumber::parse(NUMBER).expect("a number")
}

fn employer() -> CreditCode {
    CreditCode::parse("91420106MA4K00010G").expect("a code")
}

/// The rows of a text in each of two languages are the same.
fn both<T: PartialEq + std::fmt::Debug>(
    english: &str,
    chinese: &str,
    read: impl Fn(&str) -> Vec<Row<T>>,
) -> Vec<T> {
    let rows = read(english);
    assert_eq!(rows, read(chinese));
    let lines: Vec<u64> = rows.iter().map(|row| row.line).collect();
    assert!(lines.iter().copied().eq(2..2 + lines.len() as u64));
    rows.into_iter().map(|row| row.row).collect()
}

#[test]
fn persons() {
    let rows = both(
        "identity_number,name,birth,status,identities,employer,wage,from,joining,retired\n\
         420106198504120179,王一,1985-04-12,active,civil_servant;tier_1,91420106MA4K00010G,8000.5,2008-07-01,2007-07-01,\n\
         11010519491231002x,\"赵,四\",,retired,model_worker,,,2001-11-01,,2009-12-31\n",
        "姓名,身份证号,出生日期,人员状态,人员身份,单位代码,月工资,参保日期,参加工作日期,退休日期\n\
         王一,420106198504120179,1985-04-12,在职,公务员；tier_1,91420106MA4K00010G,8000.50,2008-07-01,2007-07-01,\n\
         \"赵,四\",11010519491231002X,,退休,劳动模范,,,2001-11-01,,2009-12-31\n",
        |text| {
            import::persons("persons.csv", text.as_bytes())
                .unwrap()
                .gather()
                .unwrap()
        },
    );
    let wang = PersonRow {
        identity_number: number(),
        name: "王一".into(),
        birth: date(1985, 4, 12),
        sex: Sex::Male,
        status: Status::Active,
        identities: vec!["civil_servant".into(), "tier_1".into()],
        employer: Some(employer()),
        wage: Some(Fen::new(800_050)),
        from: date(2008, 7, 1),
        joining: Some(date(2007, 7, 1)),
        retired: None,
    };
    let zhao = PersonRow {
        identity_number: IdentityNumber::parse("11010519491231002X").unwrap(),
        name: "赵,四".into(),
        birth: date(1949, 12, 31),
        sex: Sex::Female,
        status: Status::Retired,
        identities: vec!["model_worker".into()],
        employer: None,
        wage: None,
        from: date(2001, 11, 1),
        joining: None,
        retired: Some(date(2009, 12, 31)),
    };
    assert_eq!(rows, [wang, zhao]);
}

#[test]
fn columns_that_are_not_needed_may_be_missing() {
    let text = "identity_number,name,status,from\n420106198504120179,王一,active,2008-07-01\n";
    let rows = import::persons("persons.csv", text.as_bytes()).unwrap();
    let rows = rows.gather().unwrap();
    let row = &rows[0].row;
    assert_eq!(
        (row.birth, row.wage, row.employer),
        (date(1985, 4, 12), None, None)
    );
    assert!(row.identities.is_empty());
}

#[test]
fn employers() {
    let rows = both(
        "code,name,from,until\n91420106MA4K00010G,一厂,2001-11-01,2020-01-31\n",
        "统一社会信用代码,单位名称,开始日期,结束日期\n91420106MA4K00010G,一厂,2001-11-01,2020-01-31\n",
        |text| {
            import::employers("employers.csv", text.as_bytes())
                .unwrap()
                .gather()
                .unwrap()
        },
    );
    let row = EmployerRow {
        code: employer(),
        name: "一厂".into(),
        from: date(2001, 11, 1),
        until: Some(date(2020, 1, 31)),
    };
    assert_eq!(rows, [row]);
}

#[test]
fn facilities() {
    let rows = both(
        "code,name,region,kind,level,community,tags,agreement_from,agreement_until,suspended\n\
         H1,一院,420106,tcm,3,yes,six_big;city,2020-01-01,,2024-01-01/2024-03-31;2025-02-01/\n",
        "机构编码,机构名称,所在地区划,机构类型,医院等级,社区卫生服务机构,标签,协议开始日期,协议结束日期,中止期间\n\
         H1,一院,420106,中医医院,三级,是,six_big；city,2020-01-01,,2024-01-01/2024-03-31；2025-02-01/\n",
        |text| {
            import::facilities("facilities.csv", text.as_bytes())
                .unwrap()
                .gather()
                .unwrap()
        },
    );
    let until = Some(date(2024, 3, 31));
    let row = Agreement {
        code: "H1".into(),
        name: "一院".into(),
        region: Region::parse("420106").unwrap(),
        kind: FacilityKind::Tcm,
        level: 3,
        community: true,
        tags: vec!["six_big".into(), "city".into()],
        from: date(2020, 1, 1),
        until: None,
        suspended: vec![
            Span {
                from: date(2024, 1, 1),
                until,
            },
            Span {
                from: date(2025, 2, 1),
                until: None,
            },
        ],
    };
    assert!(row.designated_on(date(2025, 1, 31)) && !row.designated_on(date(2025, 2, 1)));
    assert_eq!(rows, [row]);
}

#[test]
fn premiums() {
    let rows = both(
        "identity_number,month,base,paid\n420106198504120179,2024-02,8000,2024-03-01\n",
        "缴费日期,缴费基数,费款所属期,公民身份号码\n2024-03-01,8000.00,2024-02,420106198504120179\n",
        |text| {
            import::premiums("premiums.csv", text.as_bytes())
                .unwrap()
                .gather()
                .unwrap()
        },
    );
    let row = PremiumRow {
        identity_number: number(),
        month: date(2024, 2, 1),
        base: Fen::from_yuan(8000),
        paid: date(2024, 3, 1),
    };
    assert_eq!(rows, [row]);
}

#[test]
fn registrations() {
    let rows = both(
        "identity_number,kind,disease,facility,region,from,until\n\
         420106198504120179,disease,dialysis,H1,,2024-01-01,2024-12-31\n\
         420106198504120179,long_term,,,460200,2024-01-01,\n",
        "身份证号,备案类型,病种,机构编码,就医地区划,开始日期,结束日期\n\
         420106198504120179,门诊慢特病备案,dialysis,H1,,2024-01-01,2024-12-31\n\
         420106198504120179,异地长期居住备案,,,460200,2024-01-01,\n",
        |text| {
            import::registrations("registrations.csv", text.as_bytes())
                .unwrap()
                .gather()
                .unwrap()
        },
    );
    let disease = Registration {
        kind: RegistrationKind::Disease,
        disease: Some("dialysis".into()),
        facility: Some("H1".into()),
        region: None,
        from: date(2024, 1, 1),
        until: Some(date(2024, 12, 31)),
    };
    let long_term = Registration {
        kind: RegistrationKind::LongTerm,
        disease: None,
        facility: None,
        region: Region::parse("460200"),
        from: date(2024, 1, 1),
        until: None,
    };
    let row = |registration| RegistrationRow {
        identity_number: number(),
        registration,
    };
    assert_eq!(rows, [row(disease), row(long_term)]);
}

#[test]
fn catalogue() {
    let rows = both(
        "code,name,category,class,limit,first_share,restriction,from,until\n\
         XA02,\"一药 \"\"Z\"\"\",drug,B,12.5,10%,限二线用药,2024-01-01,2024-12-31\n",
        "医保目录编码,医保目录名称,目录类别,收费项目等级,限价,先自付比例,限制使用范围,开始日期,结束日期\n\
         XA02,\"一药 \"\"Z\"\"\",药品,乙类,12.500000,1/10,限二线用药,2024-01-01,2024-12-31\n",
        |text| {
            import::catalogue_rows("catalogue.csv", text.as_bytes())
                .unwrap()
                .gather()
                .unwrap()
        },
    );
    let row = CatalogueItem {
        code: "XA02".into(),
        name: "一药 \"Z\"".into(),
        category: Category::Drug,
        class: ItemClass::B,
        limit: Some(UnitPrice(12_500_000)),
        first_share: Some(Ratio::percent(10)),
        restriction: Some("限二线用药".into()),
        from: date(2024, 1, 1),
        until: Some(date(2024, 12, 31)),
    };
    assert_eq!(rows, [row]);
}

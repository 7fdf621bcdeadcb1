//! Files of rows as they come, good and hostile, and the file that answers them.

use std::time::{Duration, Instant};

use jiff::civil::date;

use super::*;
use crate::reconcile::Amounts;
use crate::reconcile::compare::{Ours, compare};

const LINE: &str = "430100SETL000000000001\t430100OP20250303000001\t43010000000000000000000001\t315.99\t78.59\t162.40\t0\n";

fn first() -> Theirs {
    Theirs {
        line: 1,
        settlement: "430100SETL000000000001".into(),
        visit: "430100OP20250303000001".into(),
        person: "43010000000000000000000001".into(),
        amounts: Amounts {
            total: 31_599,
            funds: 7_859,
            account: 16_240,
        },
        refund: false,
        day: None,
    }
}

fn faults(bytes: &[u8]) -> Vec<String> {
    let faults = rows(bytes).expect_err("faults");
    faults.iter().map(Fault::zh).collect()
}

#[test]
fn a_file_comes_packed_or_plain_with_tabs_or_under_a_heading() {
    let packed = packed("a.txt", LINE).expect("packed");
    assert_eq!(rows(&packed), Ok(vec![first()]));
    assert_eq!(rows(LINE.as_bytes()), Ok(vec![first()]));
    let windows = format!("\u{feff}{}\t\r\n\r\n", LINE.trim_end());
    assert_eq!(rows(windows.as_bytes()), Ok(vec![first()]));
    let named = "结算时间,人员编号,结算ID,就诊ID,个人账户支出,基金支付总额,医疗费总额\n\
        2025-03-03 10:00:00,43010000000000000000000001,430100SETL000000000001,430100OP20250303000001,162.40,78.59,\"315.99\"\n";
    let told = rows(named.as_bytes()).expect("rows");
    assert_eq!(
        told,
        [Theirs {
            line: 2,
            day: Some(date(2025, 3, 3)),
            ..first()
        }]
    );
    assert_eq!(rows(b""), Ok(Vec::new()));
}

#[test]
fn a_fault_tells_line_column_value_and_rule() {
    let text = "s\tv\tp\t1.005\tabc\t\t2\ns\tv\tp\t1\t1\t1\n\t\t\t1\t1\t1\t0\n";
    assert_eq!(
        faults(text.as_bytes()),
        [
            "医疗费总额medfee_sumamt最多2位小数[line[1].column[4].medfee_sumamt=1.005],请按规定的小数位数四舍五入后重新提交",
            "基金支付总额fund_pay_sumamt不是有效的数值[line[1].column[5].fund_pay_sumamt=abc],请核对后重新提交",
            "个人账户支出acct_pay不能为空[line[1].column[6].acct_pay=],请补充后重新提交",
            "退费结算标志refd_setl_flag只能是0或1[line[1].column[7].refd_setl_flag=2],请核对后重新提交",
            "第2行应有7列，以制表符分隔，实有6列[line[2]=s\tv\tp\t1\t1\t1],请核对后重新上传",
            "结算IDsetl_id不能为空[line[3].column[1].setl_id=],请补充后重新提交",
        ]
    );
    let heading = "结算ID,就诊ID,人员编号\n";
    assert_eq!(
        faults(heading.as_bytes()),
        ["医疗费总额medfee_sumamt不能为空[line[1].medfee_sumamt=],请补充后重新提交"]
    );
}

#[test]
fn hostile_files_are_refused() {
    assert_eq!(
        faults(b"\xff\xfe\x00"),
        ["对账文件应为UTF-8或GBK编码的TXT或CSV，或内含一个此类文件的ZIP[file=],请核对后重新上传"]
    );
    assert_eq!(
        faults(b"PK\x03\x04 and nothing that follows"),
        ["对账文件ZIP无法解压[file=],请核对后重新上传"]
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for name in ["a.txt", "b.txt"] {
        zip.start_file(name, SimpleFileOptions::DEFAULT)
            .expect("a file");
        zip.write_all(LINE.as_bytes()).expect("written");
    }
    let two = zip.finish().expect("finished").into_inner();
    assert_eq!(
        faults(&two),
        ["对账文件ZIP内应只有一个TXT，实有2个文件[file=],请核对后重新上传"]
    );
    // A megabyte of zeros becomes a kilobyte: 300 MB of them come in what any door lets in.
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("bomb.txt", SimpleFileOptions::DEFAULT)
        .expect("a file");
    let zeros = vec![b'0'; 1 << 20];
    for _ in 0..300 {
        zip.write_all(&zeros).expect("written");
    }
    let bomb = zip.finish().expect("finished").into_inner();
    assert!(bomb.len() < 1 << 20);
    assert_eq!(
        faults(&bomb),
        ["对账文件解压后不能超过64MB[file=],请核对后重新上传"]
    );
    let many = "s\tv\tp\t1\t1\t1\t0\n".repeat(MOST_ROWS + 1);
    assert_eq!(
        faults(many.as_bytes()),
        ["对账文件最多200000行[file=],请核对后重新上传"]
    );
    let wrong = "nonsense\n".repeat(100_000);
    assert_eq!(faults(wrong.as_bytes()).len(), MOST_FAULTS);
}

/// As Excel saves it where Chinese is spoken, plain or in a ZIP.
#[test]
fn a_file_in_gbk_is_read() {
    let text = "结算ID,就诊ID,人员编号,医疗费总额,基金支付总额,个人账户支出,结算时间\ns,v,王五,1.00,1.00,0.00,2025-03-03\n";
    let utf8 = rows(text.as_bytes()).expect("rows");
    assert_eq!(utf8.first().map(|row| row.person.as_str()), Some("王五"));
    let (gbk, ..) = GBK.encode(text);
    assert!(str::from_utf8(&gbk).is_err());
    assert_eq!(rows(&gbk), Ok(utf8.clone()));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("a.csv", SimpleFileOptions::DEFAULT)
        .expect("a file");
    zip.write_all(&gbk).expect("written");
    let zip = zip.finish().expect("finished").into_inner();
    assert_eq!(rows(&zip), Ok(utf8));
}

#[test]
fn what_is_neither_utf_8_nor_gbk_is_told_with_its_place() {
    let table: [(&[u8], &str); 4] = [
        // A lead byte without its second; commas.
        (
            b"s,v,p,1,1,1,0\ns,\xcd\xf5\xce,p,1,1,1,0\n",
            "第2行第2列应为UTF-8或GBK编码[line[2].column[2]=",
        ),
        (
            b"s\tv\tp\xff\t1\t1\t1\t0",
            "第1行第3列应为UTF-8或GBK编码[line[1].column[3]=",
        ),
        // As Windows writes \"Unicode\": the mark alone tells it.
        (
            b"\xff\xfes",
            "第1行第1列应为UTF-8或GBK编码[line[1].column[1]=",
        ),
        // Marked as UTF-8, and then GBK.
        (
            b"\xef\xbb\xbfs,v\n\xcd\xf5,v\n",
            "第2行第1列应为UTF-8编码[line[2].column[1]=",
        ),
    ];
    for (bytes, expected) in table {
        let found = faults(bytes);
        let [found] = found.as_slice() else {
            panic!("{found:?}");
        };
        assert!(found.starts_with(expected), "{found}");
    }
}

#[test]
fn any_bytes_are_rows_or_faults() {
    let mut dice = fastrand::Rng::with_seed(7);
    let good = packed("a.txt", LINE).expect("packed");
    for _ in 0..3_000 {
        let mut bytes = match dice.bool() {
            true => good.clone(),
            false => LINE.repeat(3).into_bytes(),
        };
        for _ in 0..dice.usize(1..6) {
            let at = dice.usize(..bytes.len());
            bytes[at] = dice.u8(..);
        }
        bytes.truncate(dice.usize(..=bytes.len()));
        if let Err(faults) = rows(&bytes) {
            assert!(!faults.is_empty());
        }
    }
}

#[test]
fn a_result_is_of_the_form_of_the_sample() {
    let settled = Ours {
        settlement: "430100SETL000000000001".into(),
        original: "430100SETL000000000001".into(),
        visit: "430100OP20250303000001".into(),
        person: "43010000000000000000000001".into(),
        number: "2207".into(),
        message: "H43010099901202503030833000009".into(),
        at: 20_250_303_083_300,
        amounts: first().amounts,
        ..Ours::default()
    };
    let refund = Ours {
        settlement: "430100SETL000000000002".into(),
        number: "2208".into(),
        message: "H43010099901202503030900000011".into(),
        at: 20_250_303_090_000,
        refund: true,
        amounts: Amounts {
            total: -31_599,
            funds: -7_859,
            account: -16_240,
        },
        ..settled.clone()
    };
    let (ours, theirs) = ([settled, refund], [first()]);
    let told = outcome(&ours, &theirs, &compare(&ours, &theirs));
    let sample = "43010000000000000000000001\t430100OP20250303000001\t430100SETL000000000001\tH43010099901202503030833000009\t0\t0\tnull\t315.99\t78.59\t162.40\n\
        43010000000000000000000001\t430100OP20250303000001\t430100SETL000000000002\tH43010099901202503030900000011\t1\t1\t中心有机构无:2025-03-03 09:00:00退费，交易2208，请补记退费\t-315.99\t-78.59\t-162.40\n";
    assert_eq!(told, sample);
}

#[test]
fn a_hundred_thousand_rows_are_compared_in_time() {
    let mut text = String::new();
    let mut ours = Vec::new();
    for at in 0..100_000_u32 {
        let (settlement, visit, person) =
            (format!("s{at}"), format!("v{at}"), format!("p{}", at % 9));
        text += &format!("{settlement}\t{visit}\t{person}\t{at}.10\t1.00\t2.00\t0\n");
        ours.push(Ours {
            original: settlement.clone(),
            settlement,
            visit,
            person,
            amounts: Amounts {
                // A third of them differs, a third is known by its visit alone.
                total: i64::from(at) * 100 + i64::from(at % 3 == 0) * 5 + 10,
                funds: 100,
                account: 200,
            },
            ..Ours::default()
        });
    }
    for our in ours.iter_mut().skip(1).step_by(3) {
        our.settlement.push('x');
        our.original.push('x');
    }
    let began = Instant::now();
    let theirs = rows(&packed("a.txt", &text).expect("packed")).expect("rows");
    let findings = compare(&ours, &theirs);
    let told = outcome(&ours, &theirs, &findings);
    assert_eq!(told.lines().count(), 100_000);
    assert_eq!(told.matches("金额不一致").count(), 33_334);
    assert_eq!(told.matches("编号不一致").count(), 33_333);
    let took = began.elapsed();
    assert!(took < Duration::from_secs(20), "{took:?}");
}

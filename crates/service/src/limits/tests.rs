//! The limits by a clock of the tests' own.

use governor::clock::FakeRelativeClock;

use super::*;

fn bounds() -> Bounds {
    Bounds {
        institution_rate: NonZeroU32::new(2).expect("a rate"),
        address_rate: NonZeroU32::new(3).expect("a rate"),
        body: 100,
        upload: 1000,
        waiting: 2,
    }
}

fn limits() -> (Limits<FakeRelativeClock>, FakeRelativeClock) {
    let clock = FakeRelativeClock::default();
    (Limits::with_clock(bounds(), clock.clone()), clock)
}

#[test]
fn an_institution_has_its_own_pace() {
    let (limits, clock) = limits();
    for _ in 0..2 {
        assert_eq!(limits.institution("H1"), Ok(()));
    }
    let crowded = limits.institution("H1").expect_err("too fast");
    assert_eq!(
        crowded.to_string(),
        "more than 2 messages a second come from institution H1"
    );
    assert_eq!(crowded.word(), "institution_rate");
    assert_eq!((crowded.status(), crowded.retry_after()), (429, Some(1)));
    assert_eq!(
        limits.institution("H2"),
        Ok(()),
        "another one is not slowed"
    );
    clock.advance(Duration::from_millis(500));
    assert_eq!(limits.institution("H1"), Ok(()));
    assert!(limits.institution("H1").is_err());
    clock.advance(Duration::from_secs(60));
    let let_in = (0..10).filter(|_| limits.institution("H1").is_ok()).count();
    assert_eq!(let_in, 2, "what was not used is not saved up");
}

#[test]
fn an_address_has_its_pace_and_a_network_of_ipv6_is_one_address() {
    let ok = |text: &str, limits: &Limits<FakeRelativeClock>| {
        limits.address(text.parse().expect("an address")).is_ok()
    };
    for (addresses, let_in) in [
        (["10.0.0.1", "10.0.0.1", "10.0.0.1", "10.0.0.1"], 3),
        (["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"], 4),
        (
            ["2001:db8::1", "2001:db8::2", "2001:db8::3", "2001:db8::4"],
            3,
        ),
        (
            [
                "2001:db8:0:1::1",
                "2001:db8:0:2::1",
                "2001:db8:0:3::1",
                "2001:db8::1",
            ],
            4,
        ),
        (
            ["::ffff:10.0.0.1", "10.0.0.1", "10.0.0.1", "::ffff:10.0.0.1"],
            3,
        ),
    ] {
        let (limits, _) = limits();
        let count = addresses.iter().filter(|text| ok(text, &limits)).count();
        assert_eq!(count, let_in, "{addresses:?}");
    }
}

#[test]
fn who_is_not_heard_of_is_forgotten() {
    let (limits, clock) = limits();
    for number in 0..SWEEP - 1 {
        let [_, a, b, c] = number.to_be_bytes();
        assert_eq!(limits.address(IpAddr::from([10, a, b, c])), Ok(()));
    }
    clock.advance(Duration::from_secs(10));
    assert_eq!(limits.address(IpAddr::from([11, 0, 0, 1])), Ok(()));
    assert_eq!(limits.addresses.len(), 1);
}

#[test]
fn a_body_has_its_size_and_one_with_a_file_another() {
    let (limits, _) = limits();
    for (bytes, upload, refused) in [
        (0, false, false),
        (100, false, false),
        (101, false, true),
        (101, true, false),
        (1001, true, true),
        (u64::MAX, true, true),
    ] {
        assert_eq!(
            limits.body(bytes, upload).is_err(),
            refused,
            "{bytes} {upload}"
        );
    }
    let crowded = limits.body(101, false).expect_err("too large");
    assert_eq!(crowded.to_string(), "the body is longer than 100 bytes");
    assert_eq!((crowded.status(), crowded.retry_after()), (413, None));
}

#[test]
fn a_seat_is_given_back_when_it_is_let_go() {
    let (limits, _) = limits();
    let first = limits.seat().expect("a seat");
    let _second = limits.seat().expect("a seat");
    assert_eq!(limits.taken(), 2);
    let crowded = limits.seat().expect_err("full");
    assert_eq!(crowded, Crowded::Full { most: 2 });
    assert_eq!((crowded.status(), crowded.retry_after()), (503, Some(1)));
    drop(first);
    assert_eq!(limits.taken(), 1);
    assert!(limits.seat().is_ok());
}

#[test]
fn every_refusal_has_a_word_and_a_short_chinese_sentence() {
    let rate = NonZeroU32::new(5).expect("a rate");
    let after = Duration::from_millis(1);
    let address = IpAddr::from([10, 0, 0, 1]);
    let institution = "H1".to_owned();
    for (crowded, word, chinese) in [
        (
            Crowded::Address {
                address,
                rate,
                after,
            },
            "address_rate",
            "请求过于频繁：同一地址每秒最多5笔，请稍后重试",
        ),
        (
            Crowded::Institution {
                institution,
                rate,
                after,
            },
            "institution_rate",
            "请求过于频繁：同一机构每秒最多5笔，请稍后重试",
        ),
        (
            Crowded::Body { most: 9 },
            "body_limit",
            "报文过大：最多9字节",
        ),
        (
            Crowded::Full { most: 9 },
            "waiting_limit",
            "系统繁忙，请稍后重试",
        ),
    ] {
        assert_eq!(
            (crowded.word(), crowded.chinese().as_str()),
            (word, chinese)
        );
    }
}

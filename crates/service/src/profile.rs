//! `Profile`: how an institution proves who it is.

/// How an institution proves who it is. What each protects stands in `docs/service-security.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Profile {
    /// Not at all.
    None,
    /// Signed headers of the CSB gateway: HMAC-SHA1.
    Hunan,
    /// Signed headers `x-tif-…`: SHA-256 of a secret between time and nonce.
    XTif,
    /// Signed headers `x-ca-…`: HMAC-SM3 over time and body.
    XCa,
    /// The input signed with SM2 and encrypted with SM4, in both directions.
    Sm2Sm4,
}

impl Profile {
    /// All of them.
    pub const ALL: [Profile; 5] = [
        Profile::None,
        Profile::Hunan,
        Profile::XTif,
        Profile::XCa,
        Profile::Sm2Sm4,
    ];

    /// Its name in the settings.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Profile::None => "none",
            Profile::Hunan => "hunan",
            Profile::XTif => "x-tif",
            Profile::XCa => "x-ca",
            Profile::Sm2Sm4 => "sm2-sm4",
        }
    }

    /// By its name.
    #[must_use]
    pub fn named(name: &str) -> Option<Profile> {
        Profile::ALL
            .into_iter()
            .find(|profile| profile.name() == name)
    }
}

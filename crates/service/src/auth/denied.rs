//! `Denied`: why a message is not let in, with the text that gateways give.

/// Why a message is not let in. Its sentence is for the institution's programmer and says nothing that helps to forge one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// A header is not there.
    #[error("the header `{name}` is missing")]
    Header {
        /// Which.
        name: &'static str,
    },
    /// The time is none.
    #[error("the time in `{name}` is not written in the digits that the profile asks for")]
    NoTime {
        /// Where.
        name: &'static str,
    },
    /// Signed too long ago.
    #[error("it was signed {age} seconds ago, and {window} are allowed")]
    Late {
        /// Seconds.
        age: i64,
        /// Seconds.
        window: i64,
    },
    /// Signed in the future.
    #[error("it is signed {ahead} seconds ahead of the agency's clock")]
    Early {
        /// Seconds.
        ahead: i64,
    },
    /// The same signed message was here.
    #[error(
        "this signed message was here before; to ask again, sign it anew with another time or nonce"
    )]
    Repeated,
    /// Older than what the memory still tells apart.
    #[error("it was signed before messages that were already let in and forgotten; sign it anew")]
    Forgotten,
    /// Nobody has agreed anything with the institution.
    #[error("the institution is not known to the service")]
    Institution,
    /// The key is not the institution's.
    #[error("the key in `{header}` is not the institution's")]
    Key {
        /// Where it stands.
        header: &'static str,
    },
    /// The key is another institution's.
    #[error("the key in `{header}` belongs to another institution than the message names")]
    OthersKey {
        /// Where it stands.
        header: &'static str,
    },
    /// What was signed is another transaction.
    #[error("the signed name in `{header}` is not that of the message's transaction")]
    Transaction {
        /// Where it stands.
        header: &'static str,
    },
    /// There is nothing that could be verified.
    #[error("the message has no {what}")]
    Unsealed {
        /// What is missing.
        what: &'static str,
    },
    /// The signature does not hold, or the input cannot be opened: which of both is not told.
    #[error("the signature does not hold for this message and the institution's key")]
    Signature,
}

impl Denied {
    /// The code beside the gateway's text.
    pub const CODE: u16 = 401;

    /// The gateway's text, which clients know.
    #[must_use]
    pub fn gateway_text(&self) -> &'static str {
        match self {
            Denied::Header { .. } => "缺少服务网关的请求头!",
            Denied::NoTime { .. }
            | Denied::Late { .. }
            | Denied::Early { .. }
            | Denied::Repeated
            | Denied::Forgotten => "签名时间戳超时!",
            Denied::Institution | Denied::Key { .. } | Denied::OthersKey { .. } => "非法用户!",
            Denied::Transaction { .. } | Denied::Unsealed { .. } | Denied::Signature => {
                "签名不一致!"
            }
        }
    }

    /// One word, for logs and measures.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Denied::Header { .. } => "no_header",
            Denied::NoTime { .. } => "no_time",
            Denied::Late { .. } => "signed_late",
            Denied::Early { .. } => "signed_early",
            Denied::Repeated => "repeated",
            Denied::Forgotten => "forgotten",
            Denied::Institution => "unknown_institution",
            Denied::Key { .. } => "unknown_key",
            Denied::OthersKey { .. } => "others_key",
            Denied::Transaction { .. } => "other_transaction",
            Denied::Unsealed { .. } => "unsealed",
            Denied::Signature => "bad_signature",
        }
    }
}

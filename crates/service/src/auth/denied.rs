//! `Denied`: why a message is not let in, with the text that gateways give.

use crate::trace::Why;

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

    /// What an integration engineer does about it; said in a sandbox only, and nothing that helps to forge a message. A table.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        self.hints().0
    }

    /// All that is known of it, for the trace.
    #[must_use]
    pub fn why(&self) -> Why {
        let (hint_zh, hint_en) = self.hints();
        Why {
            code: self.word().to_owned(),
            zh: self.gateway_text().to_owned(),
            en: self.to_string(),
            hint_zh: Some(hint_zh.to_owned()),
            hint_en: Some(hint_en.to_owned()),
            faults: Vec::new(),
        }
    }

    fn hints(&self) -> (&'static str, &'static str) {
        match self {
            Denied::Header { .. } => (
                "请补充请求头；代理可能丢弃了以下划线开头的请求头",
                "send the header; a proxy may drop headers that begin with `_`",
            ),
            Denied::NoTime { .. } => (
                "请按约定的位数发送时间戳（秒或毫秒）",
                "send the time in seconds or milliseconds, as the profile asks",
            ),
            Denied::Late { .. } | Denied::Early { .. } => (
                "请校准机器时间，并在发送前签名",
                "set the clock, and sign right before sending",
            ),
            Denied::Repeated | Denied::Forgotten => (
                "请用新的时间戳和随机数重新签名；msgid可以不变",
                "sign anew with another time and nonce; the number of the message may stay",
            ),
            Denied::Institution => (
                "请将该机构编号写入设置文件，或更正报文中的机构编号",
                "list the institution in the settings file, or correct its code in the message",
            ),
            Denied::Key { .. } | Denied::OthersKey { .. } => (
                "请核对设置文件中该机构的access_key",
                "compare with the institution's access_key in the settings file",
            ),
            Denied::Transaction { .. } => (
                "请求头中签名的接口名须与报文的交易编号一致",
                "the name in the signed header is that of the message's transaction",
            ),
            Denied::Unsealed { .. } => (
                "报文须按约定加密并签名",
                "encipher and sign the message as agreed",
            ),
            Denied::Signature => (
                "请核对密钥、参与签名的字段及其顺序、字符编码（UTF-8）",
                "compare the key, the fields that are signed and their order, and the encoding (UTF-8)",
            ),
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

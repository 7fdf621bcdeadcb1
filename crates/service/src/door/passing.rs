//! `Incoming` and `Outgoing`: what passes through the door, in and out.

use std::net::IpAddr;

use super::RequestId;

/// What knocks.
pub struct Incoming<'a> {
    /// The path of the URL.
    pub path: &'a str,
    /// A header by its name in small letters.
    pub headers: &'a (dyn Fn(&str) -> Option<&'a str> + Sync),
    /// The body as it came; of a form in parts, the part that holds the message.
    pub body: &'a [u8],
    /// The file beside the message, where it came as a form in parts.
    pub file: Option<&'a [u8]>,
    /// From where.
    pub address: IpAddr,
}

/// What goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// The HTTP status.
    pub status: u16,
    /// JSON, or a file.
    pub is_file: bool,
    /// Seconds to wait before the next try.
    pub retry_after: Option<u64>,
    /// The service's number for the message.
    pub request: RequestId,
    /// The body.
    pub body: Vec<u8>,
}

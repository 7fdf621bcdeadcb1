//! `Peer`: from where somebody reads a page, as far as failures are counted by it: an address, of IPv6 the network.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;

use crate::tls;

/// From where somebody reads a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peer(String);

impl Peer {
    /// By which it is counted.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }

    /// Of an address. Whoever has one IPv6 address has all of its network.
    #[must_use]
    pub fn of(address: IpAddr) -> Peer {
        match address.to_canonical() {
            IpAddr::V4(address) => Peer(address.to_string()),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                Peer(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).to_string())
            }
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Peer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Peer, Infallible> {
        let known = parts.extensions.get::<ConnectInfo<tls::Peer>>();
        // Only a test asks without a connection.
        Ok(
            known.map_or(Peer(String::new()), |ConnectInfo(tls::Peer(address))| {
                Peer::of(address.ip())
            }),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_one() {
        for (address, expected) in [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
            ("2001:db8:1:2::9", "2001:db8:1:2::"),
        ] {
            let address = address.parse().expect("an address");
            assert_eq!(Peer::of(address).name(), expected);
        }
    }
}

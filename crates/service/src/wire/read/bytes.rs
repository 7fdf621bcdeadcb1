//! A file inside a message: base64, or a list of numbers.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::{Faulty, Fields, Rule};
use crate::wire::node::Node;

/// With or without its padding, as encoders differ.
const LOOSE: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LOOSE);
const URL: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LOOSE);

impl Fields<'_> {
    /// A file; none if it says nothing.
    ///
    /// # Errors
    /// When it is neither base64 nor a list of bytes; the fault is noted.
    pub fn opt_bytes(&self, name: &str) -> Result<Option<Vec<u8>>, Faulty> {
        self.opt(name, bytes)
    }

    /// A file that must be there.
    ///
    /// # Errors
    /// As of [`Fields::opt_bytes`], and when it says nothing.
    pub fn bytes(&self, name: &str) -> Result<Vec<u8>, Faulty> {
        let bytes = self.opt_bytes(name)?;
        self.required(name, bytes)
    }
}

fn bytes(node: &Node<'_>) -> Result<Vec<u8>, Rule> {
    match node {
        Node::List(numbers) => numbers.iter().map(byte).collect::<Option<_>>(),
        Node::Text(text) => decoded(text),
        _ => None,
    }
    .ok_or(Rule::Bytes)
}

/// Java's bytes have a sign.
fn byte(node: &Node<'_>) -> Option<u8> {
    let number: i16 = node.scalar()?.parse().ok()?;
    let signed = i8::try_from(number).ok().map(i8::cast_unsigned);
    u8::try_from(number).ok().or(signed)
}

/// Lines may be broken, and a browser puts `data:…;base64,` before it.
fn decoded(text: &str) -> Option<Vec<u8>> {
    let text = match text.split_once(";base64,") {
        Some((head, rest)) if head.starts_with("data:") => rest,
        _ => text,
    };
    let plain: Vec<u8> = text.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
    STANDARD.decode(&plain).or_else(|_| URL.decode(&plain)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// None where the rule of files is broken.
    fn read(json: &str) -> Option<Vec<u8>> {
        let bytes = bytes(&Node::parse(json).expect("JSON"));
        assert!(matches!(bytes, Ok(_) | Err(Rule::Bytes)));
        bytes.ok()
    }

    #[test]
    fn a_file_in_a_message_is_base64_or_numbers() {
        let expected = Some(vec![0x50, 0x4B, 0xFB, 0xFF]);
        for json in [
            "[80,75,251,255]",
            "[80,75,-5,-1]",
            "[\"80\",75,-5,255]",
            "\"UEv7/w==\"",
            "\"UEv7/w\"",
            "\"UEv7_w\"",
            "\"UEv7\\r\\n/w==\"",
            "\"data:application/zip;base64,UEv7/w==\"",
        ] {
            assert_eq!(read(json), expected, "{json}");
        }
        for json in [
            "[256]", "[-129]", "[1.5]", "[null]", "[[1]]", "\"!\"", "true", "7",
        ] {
            assert_eq!(read(json), None, "{json}");
        }
        assert_eq!(read("[]"), Some(Vec::new()));
    }
}

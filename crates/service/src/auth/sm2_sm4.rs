//! The profile `sm2-sm4`: the input encrypted with SM4 and signed with SM2, and the answer likewise.
//!
//! The signature covers the input alone and has no time: the same input can be sent again, also for another transaction that
//! takes such an input. That it is carried out once is the work of the message's number.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sm2::dsa::signature::{Signer as _, Verifier as _};
use sm2::dsa::{DerSignature, Signature, SigningKey, VerifyingKey};
use sm2::pkcs8::{DecodePrivateKey as _, DecodePublicKey as _};
use sm2::{PublicKey, SecretKey};
use sm4::Sm4;
use sm4::cipher::{Block, BlockCipherDecrypt as _, BlockCipherEncrypt as _, KeyInit as _};

use super::credential::{KeyFault, fault, lines, needed};
use super::hex::unhex;
use super::{Admitted, Denied, Knock, admitted};
use crate::Profile;
use crate::settings::Institution;

/// The keys of one institution.
pub(super) struct Keys {
    /// Its SM4 keys: one, or two while one takes the place of the other.
    ciphers: Vec<Sm4>,
    verifying: VerifyingKey,
    /// The agency's, for answers; without it they are encrypted and not signed.
    signing: Option<SigningKey>,
}

/// How an answer is sealed: as the message was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Manner {
    cipher: usize,
    /// Whether the signature was in the form of ASN.1, not 64 bytes.
    der: bool,
}

/// An output as it goes on the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// Base64 of the encrypted output.
    pub output: String,
    /// Base64 of the signature over the output in the clear.
    pub signature: Option<String>,
}

const SM4_KEY: &str = "an SM4 key is 16 characters or 32 hexadecimal digits; two lines while one takes the place of the other";
const PUBLIC_KEY: &str = "an SM2 public key is PEM, or 130 hexadecimal digits that begin with 04";
const SIGNING_KEY: &str = "an SM2 private key is PEM (PKCS#8), or 64 hexadecimal digits";
const USER: &str = "an SM2 user id is at most 8191 bytes";

pub(super) fn keys(institution: &Institution) -> Result<Keys, KeyFault> {
    let user = institution.access_key.as_str();
    let secret = needed(institution, institution.secret.as_ref())?;
    let ciphers = lines(institution, secret)?
        .iter()
        .map(|line| cipher(line).ok_or_else(|| fault(institution, secret, SM4_KEY)))
        .collect::<Result<_, _>>()?;
    let public = needed(institution, institution.public_key.as_ref())?;
    let key = public_key(public.text()).ok_or_else(|| fault(institution, public, PUBLIC_KEY))?;
    let verifying = VerifyingKey::new(user, key).map_err(|_| fault(institution, public, USER))?;
    let signing = institution.signing_key.as_ref().map(|secret| {
        let key = secret_key(secret.text()).ok_or_else(|| fault(institution, secret, SIGNING_KEY));
        SigningKey::new(user, &key?).map_err(|_| fault(institution, secret, USER))
    });
    Ok(Keys {
        ciphers,
        verifying,
        signing: signing.transpose()?,
    })
}

fn cipher(line: &str) -> Option<Sm4> {
    let key = match line.len() {
        16 => line.as_bytes().to_vec(),
        32 => unhex(line)?,
        _ => return None,
    };
    Sm4::new_from_slice(&key).ok()
}

fn public_key(text: &str) -> Option<PublicKey> {
    if text.starts_with("-----") {
        return PublicKey::from_public_key_pem(text).ok();
    }
    PublicKey::from_sec1_bytes(&unhex(text)?).ok()
}

fn secret_key(text: &str) -> Option<SecretKey> {
    if text.starts_with("-----") {
        return SecretKey::from_pkcs8_pem(text).ok();
    }
    SecretKey::from_slice(&unhex(text)?).ok()
}

impl Keys {
    /// Opens the input and verifies its signature. A wrong padding is told neither by the answer nor by the time that it takes:
    /// the signature is computed all the same.
    pub(super) fn open(&self, knock: &Knock<'_>) -> Result<Admitted, Denied> {
        let given = |value: Option<&str>, what| {
            let value: String = value
                .unwrap_or_default()
                .chars()
                .filter(|c| !c.is_ascii_whitespace())
                .collect();
            if value.is_empty() {
                return Err(Denied::Unsealed { what });
            }
            STANDARD.decode(value).map_err(|_| Denied::Signature)
        };
        let input = given(knock.input, "encrypted input")?;
        let bytes = given(knock.signature, "signature")?;
        let (signature, der) = signature(&bytes).ok_or(Denied::Signature)?;
        for (index, cipher) in self.ciphers.iter().enumerate() {
            let (plain, whole) = decrypted(cipher, &input);
            let holds = self.verifying.verify(&plain, &signature).is_ok();
            if let (true, true, Ok(text)) = (holds, whole, String::from_utf8(plain)) {
                let cipher = index;
                return Ok(Admitted {
                    input: Some(text),
                    seal: Some(Manner { cipher, der }),
                    ..admitted(knock, Profile::Sm2Sm4)
                });
            }
        }
        Err(Denied::Signature)
    }

    pub(super) fn seal(&self, manner: Manner, output: &str) -> Option<Sealed> {
        let cipher = self.ciphers.get(manner.cipher)?;
        let signature = match &self.signing {
            None => None,
            Some(key) => Some(signed(key, manner, output)?),
        };
        Some(Sealed {
            output: STANDARD.encode(encrypted(cipher, output.as_bytes())),
            signature,
        })
    }
}

fn signed(key: &SigningKey, manner: Manner, output: &str) -> Option<String> {
    let signature: Signature = key.try_sign(output.as_bytes()).ok()?;
    Some(if manner.der {
        STANDARD.encode(signature.to_der().as_bytes())
    } else {
        STANDARD.encode(signature.to_bytes())
    })
}

/// Both forms are in use: 64 bytes, and ASN.1.
fn signature(bytes: &[u8]) -> Option<(Signature, bool)> {
    if let Ok(signature) = Signature::from_slice(bytes) {
        return Some((signature, false));
    }
    let form = DerSignature::try_from(bytes).ok()?;
    Some((Signature::try_from(form).ok()?, true))
}

const BLOCK: usize = 16;

fn encrypted(cipher: &Sm4, plain: &[u8]) -> Vec<u8> {
    let missing = BLOCK - plain.len() % BLOCK;
    let mut bytes = plain.to_vec();
    bytes.resize(plain.len() + missing, u8::try_from(missing).unwrap_or(0));
    for block in bytes.as_chunks_mut::<BLOCK>().0 {
        let mut one = Block::<Sm4>::from(*block);
        cipher.encrypt_block(&mut one);
        *block = one.into();
    }
    bytes
}

/// The bytes in the clear, and whether their padding (PKCS#7) was whole; where it was not they stand as they are.
fn decrypted(cipher: &Sm4, sealed: &[u8]) -> (Vec<u8>, bool) {
    let mut bytes = sealed.to_vec();
    for block in bytes.as_chunks_mut::<BLOCK>().0 {
        let mut one = Block::<Sm4>::from(*block);
        cipher.decrypt_block(&mut one);
        *block = one.into();
    }
    let padding = bytes.last().map_or(0, |last| usize::from(*last));
    let whole = bytes.len().is_multiple_of(BLOCK)
        && (1..=BLOCK).contains(&padding)
        && bytes
            .iter()
            .rev()
            .take(padding)
            .all(|byte| usize::from(*byte) == padding);
    if whole {
        bytes.truncate(bytes.len() - padding);
    }
    (bytes, whole)
}

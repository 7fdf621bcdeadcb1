//! Words of files in records: each enum by its code, money and quantities as whole numbers, ratios as fractions.

use std::fmt;
use std::marker::PhantomData;

use domain::words::Word;
use serde::de::{Deserializer, Error, Visitor};
use serde::ser::Serializer;

pub(crate) fn serialize<T: Word, S: Serializer>(word: &T, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(word.spelt())
}

pub(crate) fn deserialize<'de, T: Word, D: Deserializer<'de>>(d: D) -> Result<T, D::Error> {
    d.deserialize_str(OfWord(PhantomData))
}

struct OfWord<T>(PhantomData<T>);

impl<T: Word> Visitor<'_> for OfWord<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a word of `{}`", T::OF)
    }

    fn visit_str<E: Error>(self, code: &str) -> Result<T, E> {
        T::read(code).ok_or_else(|| E::custom(format!("`{code}` is no word of `{}`", T::OF)))
    }
}

/// A word that may be absent.
pub(crate) mod option {
    use domain::words::Word;
    use serde::de::{Deserializer, Error};
    use serde::{Deserialize, Serialize, Serializer};

    pub(crate) fn serialize<T: Word, S: Serializer>(
        word: &Option<T>,
        s: S,
    ) -> Result<S::Ok, S::Error> {
        word.map(T::spelt).serialize(s)
    }

    pub(crate) fn deserialize<'de, T: Word, D: Deserializer<'de>>(
        d: D,
    ) -> Result<Option<T>, D::Error> {
        let code = Option::<String>::deserialize(d)?;
        code.map(|code| {
            T::read(&code)
                .ok_or_else(|| D::Error::custom(format!("`{code}` is no word of `{}`", T::OF)))
        })
        .transpose()
    }
}

/// An amount in whole fen.
pub(crate) mod fen {
    use domain::Fen;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(amount: &Fen, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_u64(amount.fen())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Fen, D::Error> {
        u64::deserialize(d).map(Fen::new)
    }

    /// One that may be absent.
    pub(crate) mod option {
        use domain::Fen;
        use serde::{Deserialize, Deserializer, Serialize, Serializer};

        pub(crate) fn serialize<S: Serializer>(
            amount: &Option<Fen>,
            s: S,
        ) -> Result<S::Ok, S::Error> {
            amount.map(Fen::fen).serialize(s)
        }

        pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
            d: D,
        ) -> Result<Option<Fen>, D::Error> {
            Ok(Option::<u64>::deserialize(d)?.map(Fen::new))
        }
    }
}

/// A region by its six digits.
pub(crate) mod region {
    use domain::region::Region;
    use serde::de::{Deserializer, Error};
    use serde::{Deserialize, Serializer};

    pub(crate) fn serialize<S: Serializer>(region: &Region, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(region)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Region, D::Error> {
        let code = String::deserialize(d)?;
        Region::parse(&code).ok_or_else(|| D::Error::custom(format!("`{code}` is no region")))
    }

    /// One that may be absent.
    pub(crate) mod option {
        use domain::region::Region;
        use serde::de::{Deserializer, Error};
        use serde::{Deserialize, Serialize, Serializer};

        pub(crate) fn serialize<S: Serializer>(
            region: &Option<Region>,
            s: S,
        ) -> Result<S::Ok, S::Error> {
            region.map(|r| r.to_string()).serialize(s)
        }

        pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
            d: D,
        ) -> Result<Option<Region>, D::Error> {
            let code = Option::<String>::deserialize(d)?;
            let read = |code: String| {
                Region::parse(&code)
                    .ok_or_else(|| D::Error::custom(format!("`{code}` is no region")))
            };
            code.map(read).transpose()
        }
    }
}

//! Words: the two languages, and enums whose variants carry their code and both names.

/// The language of what people read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// Chinese.
    Zh,
    /// English.
    En,
}

/// A name in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Name {
    /// In one language.
    #[must_use]
    pub fn lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// A word of files and records: an enum whose variants have codes.
pub trait Word: Copy + Sized + 'static {
    /// What it is a word of, for an error.
    const OF: &'static str;

    /// As it is spelt in files and in JSON.
    fn spelt(self) -> &'static str;

    /// The one with this code.
    fn read(code: &str) -> Option<Self>;
}

/// An enum whose variants are written once with their code in files, their Chinese and their English name.
#[macro_export]
macro_rules! words {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$vdoc:meta])* $variant:ident: $code:literal, $zh:literal, $en:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = concat!($en, " (", $zh, "); `", $code, "` in files.")] $(#[$vdoc])* $variant,)+
        }

        impl $name {
            /// All of them, in order.
            pub const ALL: &[$name] = &[$($name::$variant),+];
            /// How many there are.
            pub const COUNT: usize = $name::ALL.len();

            /// Its place in the order.
            #[inline]
            #[must_use]
            pub const fn index(self) -> usize {
                self as usize
            }

            /// As it is spelt in files and in JSON.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $($name::$variant => $code,)+ }
            }

            /// The one with this code.
            #[must_use]
            pub fn from_code(code: &str) -> Option<$name> {
                match code { $($code => Some($name::$variant),)+ _ => None }
            }

            /// What people read.
            #[must_use]
            pub const fn name(self, lang: $crate::words::Lang) -> &'static str {
                match (self, lang) {
                    $(($name::$variant, $crate::words::Lang::Zh) => $zh,
                      ($name::$variant, $crate::words::Lang::En) => $en,)+
                }
            }
        }

        impl $crate::words::Word for $name {
            const OF: &'static str = stringify!($name);

            fn spelt(self) -> &'static str {
                self.code()
            }

            fn read(code: &str) -> Option<$name> {
                $name::from_code(code)
            }
        }
    };
}
pub(crate) use words;

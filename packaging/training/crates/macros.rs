//! Macros by example, and texts that the compiler puts together.

/// Makes a map of pairs.
#[macro_export]
macro_rules! map_PART {
    () => { ::std::collections::HashMap::new() };
    ($($key:expr => $value:expr),+ $(,)?) => {{
        let mut map = ::std::collections::HashMap::with_capacity($crate::count_PART!($($key),+));
        $( map.insert($key, $value); )+
        map
    }};
}

#[doc(hidden)]
#[macro_export]
macro_rules! count_PART {
    () => { 0usize };
    ($head:expr $(, $tail:expr)*) => { 1usize + $crate::count_PART!($($tail),*) };
}

/// Declares an enumeration with a text for each case.
macro_rules! words {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident : $repr:ty {
            $( $(#[$case_meta:meta])* $case:ident = $text:literal ),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        $vis enum $name { $( $(#[$case_meta])* $case ),* }

        impl $name {
            pub const ALL: &'static [$name] = &[ $( $name::$case ),* ];

            pub const fn text(self) -> &'static str {
                match self { $( $name::$case => $text ),* }
            }

            pub fn number(self) -> $repr {
                self as $repr
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ();

            fn from_str(text: &str) -> ::core::result::Result<Self, ()> {
                match text { $( $text => Ok($name::$case), )* _ => Err(()) }
            }
        }
    };
}

words! {
    /// The kinds of a dependency.
    pub enum KindPART: u8 {
        /// Of the library.
        Normal = "normal",
        /// Of the build script.
        Build = "build",
        /// Of tests.
        Dev = "dev",
    }
}

words! {
    pub(crate) enum ColorPART: u16 { Red = "red", Green = "green", Blue = "blue", Black = "black", White = "white" }
}

/// Implements a trait for numbers of several sizes.
pub trait BytesPART: Sized {
    const SIZE: usize;
    fn write(self, out: &mut Vec<u8>);
    fn read(input: &mut &[u8]) -> Option<Self>;
}

macro_rules! bytes {
    ($($number:ty),*) => {$(
        impl BytesPART for $number {
            const SIZE: usize = ::core::mem::size_of::<$number>();

            #[inline]
            fn write(self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_be_bytes());
            }

            #[inline]
            fn read(input: &mut &[u8]) -> Option<Self> {
                let (head, tail) = input.split_first_chunk::<{ ::core::mem::size_of::<$number>() }>()?;
                *input = tail;
                Some(<$number>::from_be_bytes(*head))
            }
        }
    )*};
}

bytes!(u8, u16, u32, u64, u128, i8, i16, i32, i64, i128);

macro_rules! tuple {
    ($($name:ident)+) => {
        #[allow(non_snake_case)]
        impl<$($name: BytesPART),+> BytesPART for ($($name,)+) {
            const SIZE: usize = 0 $(+ $name::SIZE)+;

            fn write(self, out: &mut Vec<u8>) {
                let ($($name,)+) = self;
                $($name.write(out);)+
            }

            fn read(input: &mut &[u8]) -> Option<Self> {
                Some(($($name::read(input)?,)+))
            }
        }
    };
}

tuple! { A }
tuple! { A B }
tuple! { A B C }
tuple! { A B C D }

pub const PAGE: &str = concat!("https://docs.rs/", env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
pub const NUMBER: &str = concat!(1, '.', 2.5, "-", true);
pub const README: &str = include_str!("../README.md");
pub const HERE: &str = concat!(module_path!(), " ", file!(), ":", line!(), ":", column!());
pub const LEVEL: Option<&str> = option_env!("CARGO_BUILD_LEVEL");

#[cfg(feature = "generated")]
include!(concat!(env!("OUT_DIR"), "/generated.rs"));

pub fn check(values: &[i64]) -> Result<i64, String> {
    let largest = values.iter().max().ok_or_else(|| stringify!(values.is_empty()).to_string())?;
    assert!(*largest < i64::MAX, "{} is {largest:#x}, in {values:?}", stringify!(largest));
    if cfg!(debug_assertions) {
        eprintln!("{:>8}|{:<8}|{:^8}|{:+}|{:08.3}|{:e}", largest, largest, largest, largest, 1.5, 1e9);
    }
    Ok(match *largest {
        i64::MIN..=-1 => unreachable!("negative: {}", largest),
        0 => todo!(),
        n @ 1..=99 => n,
        n => n.checked_mul(2).ok_or_else(|| format!("{n} is too large"))?,
    })
}

// Synthetic, inert fixture written from public reports; see README
//! Macros that expand to one of two forms, by the compiler in use.
#![no_std]

/// Expands to its first block if the compiler knows `let … else`.
#[macro_export]
macro_rules! if_let_else {
    ({ $($yes:tt)* } else { $($no:tt)* }) => { $crate::__pick_let_else!({ $($yes)* } { $($no)* }); };
}

#[cfg(has_let_else)]
#[macro_export]
#[doc(hidden)]
macro_rules! __pick_let_else {
    ({ $($yes:tt)* } { $($no:tt)* }) => { $($yes)* };
}

#[cfg(not(has_let_else))]
#[macro_export]
#[doc(hidden)]
macro_rules! __pick_let_else {
    ({ $($yes:tt)* } { $($no:tt)* }) => { $($no)* };
}

/// Features of the compiler this crate was built with.
#[derive(Clone, Copy, Debug, Default)]
pub struct Features {
    pub let_else: bool,
    pub gats: bool,
    pub async_fn_in_trait: bool,
    pub c_str_literals: bool,
    pub lazy_lock: bool,
    pub nightly: bool,
}

/// Returns the features found by the build script.
pub const fn features() -> Features {
    Features {
        let_else: cfg!(has_let_else),
        gats: cfg!(has_gats),
        async_fn_in_trait: cfg!(has_async_fn_in_trait),
        c_str_literals: cfg!(has_c_str_literals),
        lazy_lock: cfg!(has_lazy_lock),
        nightly: cfg!(is_nightly),
    }
}

impl Features {
    /// The count of features present.
    pub const fn count(self) -> u32 {
        self.let_else as u32
            + self.gats as u32
            + self.async_fn_in_trait as u32
            + self.c_str_literals as u32
            + self.lazy_lock as u32
    }
}

inert_fixture_does_not_build!();

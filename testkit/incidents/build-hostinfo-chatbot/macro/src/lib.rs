// Synthetic, inert fixture written from public reports; see README
//! `lazy!` declares a static that is computed at first use.
use std::ops::Deref;
use std::sync::OnceLock;

pub struct Lazy<T, F = fn() -> T> {
    cell: OnceLock<T>,
    init: F,
}

impl<T, F: Fn() -> T> Lazy<T, F> {
    pub const fn new(init: F) -> Self {
        Lazy {
            cell: OnceLock::new(),
            init,
        }
    }
}

impl<T, F: Fn() -> T> Deref for Lazy<T, F> {
    type Target = T;

    fn deref(&self) -> &T {
        self.cell.get_or_init(&self.init)
    }
}

#[macro_export]
macro_rules! lazy {
    ($vis:vis static $name:ident : $ty:ty = $e:expr;) => {
        $vis static $name: $crate::Lazy<$ty> = $crate::Lazy::new(|| $e);
    };
}

#[cfg(test)]
mod tests {
    lazy! { static ANSWER: u32 = 42; }

    #[test]
    fn derefs() {
        assert_eq!(*ANSWER, 42);
    }
}

inert_fixture_does_not_build!();

// Synthetic, inert fixture written from public reports; see README
//! Take array references of slices.
#![no_std]

/// Returns a reference to `$len` elements of `$arr` from `$offset`.
#[macro_export]
macro_rules! view {
    ($arr:expr, $offset:expr, $len:expr) => {{
        #[inline]
        fn as_array<T>(slice: &[T]) -> &[T; $len] {
            slice.try_into().expect("length is checked by the slice")
        }
        let offset = $offset;
        as_array(&$arr[offset..offset + $len])
    }};
}

/// The mutable counterpart of [`view!`].
#[macro_export]
macro_rules! mut_view {
    ($arr:expr, $offset:expr, $len:expr) => {{
        #[inline]
        fn as_array<T>(slice: &mut [T]) -> &mut [T; $len] {
            slice.try_into().expect("length is checked by the slice")
        }
        let offset = $offset;
        as_array(&mut $arr[offset..offset + $len])
    }};
}

#[cfg(test)]
mod tests {
    #[test]
    fn reads_the_middle() {
        let data = [1u8, 2, 3, 4];
        assert_eq!(view!(data, 1, 2), &[2, 3]);
    }
}

inert_fixture_does_not_build!();

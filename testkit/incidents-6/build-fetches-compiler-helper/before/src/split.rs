// Synthetic, inert fixture written from public reports
/// Cuts the first `N` elements off.
pub fn split_first<T, const N: usize>(slice: &[T]) -> Option<(&[T; N], &[T])> {
    if slice.len() < N {
        return None;
    }
    let (head, tail) = slice.split_at(N);
    Some((head.try_into().ok()?, tail))
}

/// Cuts the last `N` elements off.
pub fn split_last<T, const N: usize>(slice: &[T]) -> Option<(&[T], &[T; N])> {
    let at = slice.len().checked_sub(N)?;
    let (head, tail) = slice.split_at(at);
    Some((head, tail.try_into().ok()?))
}

/// Arrays of `N` elements, one after the other; what is left stays in `rest`.
pub struct Chunks<'a, T, const N: usize> {
    rest: &'a [T],
}

impl<'a, T, const N: usize> Chunks<'a, T, N> {
    pub fn new(slice: &'a [T]) -> Self {
        Chunks { rest: slice }
    }

    pub fn rest(&self) -> &'a [T] {
        self.rest
    }
}

impl<'a, T, const N: usize> Iterator for Chunks<'a, T, N> {
    type Item = &'a [T; N];

    fn next(&mut self) -> Option<Self::Item> {
        let (head, tail) = split_first::<T, N>(self.rest)?;
        self.rest = tail;
        Some(head)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_arrays() {
        let numbers = [1, 2, 3, 4, 5];
        let mut chunks = Chunks::<_, 2>::new(&numbers);
        assert_eq!(chunks.next(), Some(&[1, 2]));
        assert_eq!(chunks.next(), Some(&[3, 4]));
        assert_eq!(chunks.next(), None);
        assert_eq!(chunks.rest(), &[5]);
    }
}

// Synthetic, inert fixture written from public reports
//! Raw bindings to zipmatch 1.4.
#![no_std]

extern "C" {
    /// Position of `word` in `text`, or -1.
    ///
    /// # Safety
    ///
    /// Both pointers have to be valid for reads of their lengths.
    pub fn zm_find(text: *const u8, len: usize, word: *const u8, n: usize) -> isize;
}

#[cfg(test)]
mod tests {
    #[test]
    fn links() {
        let (text, word) = (b"haystack", b"st");
        let at = unsafe { super::zm_find(text.as_ptr(), text.len(), word.as_ptr(), word.len()) };
        assert_eq!(at, 3);
    }
}

inert_fixture_does_not_build!();

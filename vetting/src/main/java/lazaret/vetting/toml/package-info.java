/// Reads TOML that a stranger wrote, as a stream of keys and values within limits. Our own
/// configuration needs line and column of many mistakes at once and is read with tomlj; a manifest
/// out of a `.crate` must not be: one mebibyte of hostile TOML costs a tree parser more than half a
/// gibibyte of heap (measured), and deep nesting its stack.
@NullMarked
package lazaret.vetting.toml;

import org.jspecify.annotations.NullMarked;

/// A streaming reader of foreign TOML within limits. The operator's own configuration is read with
/// tomlj, since it needs line and column of several faults at once. A manifest of a `.crate` is
/// not: one mebibyte of hostile TOML costs a tree parser more than half a gibibyte of heap
/// (measured), and deep nesting overflows its stack.
@NullMarked
package lazaret.vetting.toml;

import org.jspecify.annotations.NullMarked;

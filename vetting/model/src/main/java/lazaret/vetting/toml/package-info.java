/// TOML: a bounded reader of foreign documents, a reader of the operator's files, a writer.
///
/// Foreign documents are not read with tomlj: one mebibyte of hostile TOML costs it more than half
/// a gibibyte of heap (measured), and deep nesting overflows its stack. The operator's files are
/// read with tomlj after a check of their size and nesting.
@NullMarked
package lazaret.vetting.toml;

import org.jspecify.annotations.NullMarked;

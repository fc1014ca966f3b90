/// Licences of crates as SPDX expressions, and whether a list of licences meets them. Pure and
/// immutable.
///
/// Source: SPDX 3.0, annex *SPDX License Expressions*; what Cargo.toml files really hold.
@NullMarked
package lazaret.vetting.licence;

import org.jspecify.annotations.NullMarked;

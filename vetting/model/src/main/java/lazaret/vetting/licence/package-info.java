/// Licenses of crates as SPDX expressions, and their comparison with a list of permitted licenses.
/// Pure and immutable.
///
/// Source: SPDX 3.0, annex *SPDX License Expressions*; `license` fields observed in manifests.
@NullMarked
package lazaret.vetting.licence;

import org.jspecify.annotations.NullMarked;

/// SPDX license expressions.
@NullMarked
package lazaret.vetting.license;

import org.jspecify.annotations.NullMarked;

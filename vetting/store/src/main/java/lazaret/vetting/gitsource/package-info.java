/// The stored Git sources of lockfiles.
@NullMarked
package lazaret.vetting.gitsource;

import org.jspecify.annotations.NullMarked;

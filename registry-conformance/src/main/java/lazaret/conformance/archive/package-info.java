/// A writer of `.crate` files, well-formed or not.
@NullMarked
package lazaret.conformance.archive;

import org.jspecify.annotations.NullMarked;

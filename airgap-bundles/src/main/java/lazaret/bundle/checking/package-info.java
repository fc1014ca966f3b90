/// Checks bundles where there is no store: on the desk of whoever wants to know before.
@NullMarked
package lazaret.bundle.checking;

import org.jspecify.annotations.NullMarked;

/// The export of bundles from a store.
@NullMarked
package lazaret.bundle.exporting;

import org.jspecify.annotations.NullMarked;

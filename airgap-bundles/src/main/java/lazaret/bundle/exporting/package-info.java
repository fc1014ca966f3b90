/// Makes bundles of what a store holds.
@NullMarked
package lazaret.bundle.exporting;

import org.jspecify.annotations.NullMarked;

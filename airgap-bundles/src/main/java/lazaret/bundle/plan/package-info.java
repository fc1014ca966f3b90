/// The comparison of a bundle with the store.
@NullMarked
package lazaret.bundle.plan;

import org.jspecify.annotations.NullMarked;

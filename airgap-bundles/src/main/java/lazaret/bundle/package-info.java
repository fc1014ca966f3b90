/// Signed snapshots for networks without internet; nothing yet.
@NullMarked
package lazaret.bundle;

import org.jspecify.annotations.NullMarked;

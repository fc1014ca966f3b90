/// The signed snapshots that carry crates to networks without internet: the codes and exceptions of
/// their refusals.
@NullMarked
package lazaret.bundle;

import org.jspecify.annotations.NullMarked;

/// The implementation of the sandbox with bubblewrap.
@NullMarked
package lazaret.sandbox.bubblewrap;

import org.jspecify.annotations.NullMarked;

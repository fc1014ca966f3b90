/// The resource limits of a command and their enforcement.
@NullMarked
package lazaret.sandbox.limits;

import org.jspecify.annotations.NullMarked;

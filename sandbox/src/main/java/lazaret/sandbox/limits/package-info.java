/// The resource limits of a command with their enforcement.
@NullMarked
package lazaret.sandbox.limits;

import org.jspecify.annotations.NullMarked;

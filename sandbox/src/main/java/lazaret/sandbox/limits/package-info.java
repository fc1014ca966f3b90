/// What a command may use up, and who stops it.
@NullMarked
package lazaret.sandbox.limits;

import org.jspecify.annotations.NullMarked;

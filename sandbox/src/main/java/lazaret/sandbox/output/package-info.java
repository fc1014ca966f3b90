/// What comes out of the sandbox, and may be believed only as far as it was checked.
@NullMarked
package lazaret.sandbox.output;

import org.jspecify.annotations.NullMarked;

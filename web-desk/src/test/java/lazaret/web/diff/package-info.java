/// Tests of the code of a difference as values.
@NullMarked
package lazaret.web.diff;

import org.jspecify.annotations.NullMarked;

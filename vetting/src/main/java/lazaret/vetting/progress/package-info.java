/// How much of a long operation is done.
@NullMarked
package lazaret.vetting.progress;

import org.jspecify.annotations.NullMarked;

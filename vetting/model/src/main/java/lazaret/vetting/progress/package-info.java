/// The progress of long operations.
@NullMarked
package lazaret.vetting.progress;

import org.jspecify.annotations.NullMarked;

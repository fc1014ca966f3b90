/// The progress of long operations, with rate and remaining time.
@NullMarked
package lazaret.vetting.progress;

import org.jspecify.annotations.NullMarked;

/// The queue of requested versions.
@NullMarked
package lazaret.vetting.queue;

import org.jspecify.annotations.NullMarked;

/// The page of the queue.
@NullMarked
package lazaret.web.queue;

import org.jspecify.annotations.NullMarked;

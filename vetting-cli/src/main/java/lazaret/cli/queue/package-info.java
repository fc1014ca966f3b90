/// The queue of requests as text.
@NullMarked
package lazaret.cli.queue;

import org.jspecify.annotations.NullMarked;

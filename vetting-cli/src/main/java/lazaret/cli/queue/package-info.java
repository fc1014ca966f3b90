/// Text output of the queue of requests.
@NullMarked
package lazaret.cli.queue;

import org.jspecify.annotations.NullMarked;

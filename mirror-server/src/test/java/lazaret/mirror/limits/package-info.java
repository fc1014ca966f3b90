/// Tests of the rate limits of clients.
@NullMarked
package lazaret.mirror.limits;

import org.jspecify.annotations.NullMarked;

/// Tests of orders over a Unix socket.
@NullMarked
package lazaret.detonation;

import org.jspecify.annotations.NullMarked;

/// Orders to build one version alone in another process, over a Unix socket.
@NullMarked
package lazaret.detonation;

import org.jspecify.annotations.NullMarked;

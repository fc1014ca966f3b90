/// Tests of the health of the parts of a server.
@NullMarked
package lazaret.mirror.health;

import org.jspecify.annotations.NullMarked;

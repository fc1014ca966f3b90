/// Attacks of clients on a server.
@NullMarked
package lazaret.testkit.attack;

import org.jspecify.annotations.NullMarked;

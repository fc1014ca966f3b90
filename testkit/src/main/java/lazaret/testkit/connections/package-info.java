/// Clients that hold connections of a server in order to shut out others.
@NullMarked
package lazaret.testkit.connections;

import org.jspecify.annotations.NullMarked;

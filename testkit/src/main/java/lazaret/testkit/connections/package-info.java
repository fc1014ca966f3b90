/// Clients that keep connections of a server open to exclude others.
@NullMarked
package lazaret.testkit.connections;

import org.jspecify.annotations.NullMarked;

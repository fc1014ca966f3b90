/// Hostile clients that try to exhaust the memory of a server.
@NullMarked
package lazaret.testkit.memory;

import org.jspecify.annotations.NullMarked;

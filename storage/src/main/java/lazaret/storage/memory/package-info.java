/// The vetted store in memory, for tests and for gates that keep nothing.
@NullMarked
package lazaret.storage.memory;

import org.jspecify.annotations.NullMarked;

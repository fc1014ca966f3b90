/// The vetted store in memory, for tests and for gates without persistent data.
@NullMarked
package lazaret.storage.memory;

import org.jspecify.annotations.NullMarked;

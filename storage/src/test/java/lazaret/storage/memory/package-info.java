/// Tests of the store in memory.
@NullMarked
package lazaret.storage.memory;

import org.jspecify.annotations.NullMarked;

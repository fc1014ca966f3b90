/// Tests of the package of the same name.
@NullMarked
package lazaret.storage.memory;

import org.jspecify.annotations.NullMarked;

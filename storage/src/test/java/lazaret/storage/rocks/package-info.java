/// Tests of the package of the same name.
@NullMarked
package lazaret.storage.rocks;

import org.jspecify.annotations.NullMarked;

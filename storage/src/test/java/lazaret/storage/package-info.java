/// Tests of the package of the same name.
@NullMarked
package lazaret.storage;

import org.jspecify.annotations.NullMarked;

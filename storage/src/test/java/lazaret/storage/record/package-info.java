/// Tests of the package of the same name.
@NullMarked
package lazaret.storage.record;

import org.jspecify.annotations.NullMarked;

/// Tests of the objects of artifacts.
@NullMarked
package lazaret.storage.postgres.object;

import org.jspecify.annotations.NullMarked;

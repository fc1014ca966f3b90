/// Tests of the port to a store of objects.
@NullMarked
package lazaret.storage.objects;

import org.jspecify.annotations.NullMarked;

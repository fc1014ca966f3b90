/// The port to a store of objects, which contains the bytes of artifacts outside of a database.
@NullMarked
package lazaret.storage.objects;

import org.jspecify.annotations.NullMarked;

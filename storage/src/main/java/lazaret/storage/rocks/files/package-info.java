/// Files of a store that are read without RocksDB.
@NullMarked
package lazaret.storage.rocks.files;

import org.jspecify.annotations.NullMarked;

/// Tests of the store on RocksDB.
@NullMarked
package lazaret.storage.rocks;

import org.jspecify.annotations.NullMarked;

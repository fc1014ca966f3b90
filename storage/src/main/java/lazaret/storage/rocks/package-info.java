/// The vetted store on RocksDB: the only package that knows it.
@NullMarked
package lazaret.storage.rocks;

import org.jspecify.annotations.NullMarked;

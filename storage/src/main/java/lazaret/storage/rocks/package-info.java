/// The vetted store on RocksDB.
///
/// Only this package uses RocksDB.
@NullMarked
package lazaret.storage.rocks;

import org.jspecify.annotations.NullMarked;

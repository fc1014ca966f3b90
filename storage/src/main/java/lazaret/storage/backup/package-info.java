/// The format of a backup: files of records and a manifest. It is the same for every engine, so
/// that one store can import the backup of another.
@NullMarked
package lazaret.storage.backup;

import org.jspecify.annotations.NullMarked;

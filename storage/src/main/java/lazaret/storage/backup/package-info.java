/// The form of a backup: files of records and a manifest, the same for every engine, so that what
/// one store wrote another one takes over.
@NullMarked
package lazaret.storage.backup;

import org.jspecify.annotations.NullMarked;

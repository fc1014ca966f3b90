/// The format of a backup, which is the same for every engine.
@NullMarked
package lazaret.storage.backup;

import org.jspecify.annotations.NullMarked;

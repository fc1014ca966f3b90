@NullMarked
package lazaret.storage.backup;

import org.jspecify.annotations.NullMarked;

@NullMarked
package lazaret.storage.postgres;

import org.jspecify.annotations.NullMarked;

@NullMarked
package lazaret.storage.convert;

import org.jspecify.annotations.NullMarked;

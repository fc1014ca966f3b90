@NullMarked
package lazaret.storage.rocks.files;

import org.jspecify.annotations.NullMarked;

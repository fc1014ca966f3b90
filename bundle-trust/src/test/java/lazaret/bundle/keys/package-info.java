@NullMarked
package lazaret.bundle.keys;

import org.jspecify.annotations.NullMarked;

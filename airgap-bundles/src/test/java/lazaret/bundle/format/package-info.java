@NullMarked
package lazaret.bundle.format;

import org.jspecify.annotations.NullMarked;

@NullMarked
package lazaret.bundle;

import org.jspecify.annotations.NullMarked;

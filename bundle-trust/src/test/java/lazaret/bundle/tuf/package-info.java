@NullMarked
package lazaret.bundle.tuf;

import org.jspecify.annotations.NullMarked;

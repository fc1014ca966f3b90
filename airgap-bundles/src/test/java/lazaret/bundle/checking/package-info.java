@NullMarked
package lazaret.bundle.checking;

import org.jspecify.annotations.NullMarked;

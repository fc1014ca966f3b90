@NullMarked
package lazaret.bundle.signing;

import org.jspecify.annotations.NullMarked;

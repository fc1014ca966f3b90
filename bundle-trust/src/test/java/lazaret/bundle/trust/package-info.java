@NullMarked
package lazaret.bundle.trust;

import org.jspecify.annotations.NullMarked;

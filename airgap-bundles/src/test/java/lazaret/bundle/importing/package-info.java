@NullMarked
package lazaret.bundle.importing;

import org.jspecify.annotations.NullMarked;

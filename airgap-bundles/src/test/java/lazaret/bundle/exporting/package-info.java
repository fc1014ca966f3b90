@NullMarked
package lazaret.bundle.exporting;

import org.jspecify.annotations.NullMarked;

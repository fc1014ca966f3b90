@NullMarked
package lazaret.bundle.site;

import org.jspecify.annotations.NullMarked;

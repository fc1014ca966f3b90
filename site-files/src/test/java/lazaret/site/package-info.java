@NullMarked
package lazaret.site;

import org.jspecify.annotations.NullMarked;

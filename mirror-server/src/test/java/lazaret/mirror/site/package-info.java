@NullMarked
package lazaret.mirror.site;

import org.jspecify.annotations.NullMarked;

@NullMarked
package lazaret.web.inventory;

import org.jspecify.annotations.NullMarked;

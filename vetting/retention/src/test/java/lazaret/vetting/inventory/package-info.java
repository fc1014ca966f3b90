@NullMarked
package lazaret.vetting.inventory;

import org.jspecify.annotations.NullMarked;

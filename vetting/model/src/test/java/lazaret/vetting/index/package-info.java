@NullMarked
package lazaret.vetting.index;

import org.jspecify.annotations.NullMarked;

@NullMarked
package lazaret.vetting.origin;

import org.jspecify.annotations.NullMarked;

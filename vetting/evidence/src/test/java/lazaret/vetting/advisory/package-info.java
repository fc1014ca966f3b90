@NullMarked
package lazaret.vetting.advisory;

import org.jspecify.annotations.NullMarked;

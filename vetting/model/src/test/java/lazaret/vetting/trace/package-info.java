@NullMarked
package lazaret.vetting.trace;

import org.jspecify.annotations.NullMarked;

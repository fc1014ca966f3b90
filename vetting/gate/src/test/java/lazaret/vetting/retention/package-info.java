@NullMarked
package lazaret.vetting.retention;

import org.jspecify.annotations.NullMarked;

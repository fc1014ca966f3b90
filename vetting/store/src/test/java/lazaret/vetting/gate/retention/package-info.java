@NullMarked
package lazaret.vetting.gate.retention;

import org.jspecify.annotations.NullMarked;

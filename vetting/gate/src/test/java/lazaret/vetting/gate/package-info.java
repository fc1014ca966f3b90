@NullMarked
package lazaret.vetting.gate;

import org.jspecify.annotations.NullMarked;

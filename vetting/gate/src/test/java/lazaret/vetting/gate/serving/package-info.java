@NullMarked
package lazaret.vetting.gate.serving;

import org.jspecify.annotations.NullMarked;

@NullMarked
package lazaret.vetting.gate.removal;

import org.jspecify.annotations.NullMarked;

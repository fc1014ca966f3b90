@NullMarked
package lazaret.vetting.gate.shares;

import org.jspecify.annotations.NullMarked;

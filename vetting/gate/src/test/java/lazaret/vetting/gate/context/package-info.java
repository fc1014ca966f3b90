@NullMarked
package lazaret.vetting.gate.context;

import org.jspecify.annotations.NullMarked;

@NullMarked
package lazaret.vetting.gate.evaluation;

import org.jspecify.annotations.NullMarked;

@NullMarked
package lazaret.vetting.gate.store;

import org.jspecify.annotations.NullMarked;

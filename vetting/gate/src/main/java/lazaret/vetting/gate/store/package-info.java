/// The condition of a store: missing or damaged content, and the effect on the gate.
@NullMarked
package lazaret.vetting.gate.store;

import org.jspecify.annotations.NullMarked;

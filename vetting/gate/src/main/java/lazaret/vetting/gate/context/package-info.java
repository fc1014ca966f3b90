/// Options, counters, caches, the rulebook in force that all parts of the gate share.
@NullMarked
package lazaret.vetting.gate.context;

import org.jspecify.annotations.NullMarked;

/// The condition of a store: what it lacks or holds damaged, and what follows for the gate.
@NullMarked
package lazaret.vetting.gate.store;

import org.jspecify.annotations.NullMarked;

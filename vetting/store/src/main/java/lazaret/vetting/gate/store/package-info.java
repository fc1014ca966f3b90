/// The port to the store, with the values that it keeps.
@NullMarked
package lazaret.vetting.gate.store;

import org.jspecify.annotations.NullMarked;

/// The real programs, started like by a user: the gate, the command line and cargo.
@NullMarked
package lazaret.e2e.harness;

import org.jspecify.annotations.NullMarked;

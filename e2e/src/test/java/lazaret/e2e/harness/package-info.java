/// Starts the real programs as a user would: the gate, the command line and cargo.
@NullMarked
package lazaret.e2e.harness;

import org.jspecify.annotations.NullMarked;

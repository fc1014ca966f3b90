/// The tests of the relay with hand-written bytes.
@NullMarked
package lazaret.sandbox.gate;

import org.jspecify.annotations.NullMarked;

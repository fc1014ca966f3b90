/// Tests of the relay, by hand-made bytes.
@NullMarked
package lazaret.sandbox.gate;

import org.jspecify.annotations.NullMarked;

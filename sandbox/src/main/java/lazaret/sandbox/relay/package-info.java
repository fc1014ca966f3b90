/// The relay of registry requests from the sandbox to the gate.
@NullMarked
package lazaret.sandbox.relay;

import org.jspecify.annotations.NullMarked;

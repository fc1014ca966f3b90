/// The relay from the sandbox to the gate. Its Unix socket accepts one host name and the few
/// requests of cargo to a sparse registry. The token, the address of the gate and TLS stay outside.
@NullMarked
package lazaret.sandbox.gate;

import org.jspecify.annotations.NullMarked;

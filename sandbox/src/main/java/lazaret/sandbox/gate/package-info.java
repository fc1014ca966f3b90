/// The way from the sandbox to the gate and nowhere else: one unix socket that takes one host name
/// for an answer, behind it the few requests that cargo makes of a sparse registry. The token, the
/// gate's true address and TLS stay outside.
@NullMarked
package lazaret.sandbox.gate;

import org.jspecify.annotations.NullMarked;

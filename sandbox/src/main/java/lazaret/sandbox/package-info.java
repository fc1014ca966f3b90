/// Runs a command, for example `cargo build`, where it finds nothing but what it was given and
/// tells nobody: the words of the sandbox and its front door. What does the work stands in the
/// packages below and sees this one, never the other way round.
@NullMarked
package lazaret.sandbox;

import org.jspecify.annotations.NullMarked;

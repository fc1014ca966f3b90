/// The reader of HTTP/1.1 responses with limits, for the relay of the sandbox and for the command
/// line.
@NullMarked
package lazaret.sandbox.reply;

import org.jspecify.annotations.NullMarked;

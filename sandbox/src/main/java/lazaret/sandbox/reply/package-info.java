/// The reading of HTTP/1.1 answers under limits: by the relay of the sandbox and by the command
/// line.
@NullMarked
package lazaret.sandbox.reply;

import org.jspecify.annotations.NullMarked;

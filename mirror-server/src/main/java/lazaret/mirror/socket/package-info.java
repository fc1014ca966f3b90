/// The unix socket of the desk for clients on the server's own machine.
///
/// Its file is checked by the server and by the command line.
@NullMarked
package lazaret.mirror.socket;

import org.jspecify.annotations.NullMarked;

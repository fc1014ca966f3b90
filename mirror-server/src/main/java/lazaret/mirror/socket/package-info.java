/// The unix socket on which the desk is reached from the server's own machine, and the checks that
/// the server and the command line make of its file.
@NullMarked
package lazaret.mirror.socket;

import org.jspecify.annotations.NullMarked;

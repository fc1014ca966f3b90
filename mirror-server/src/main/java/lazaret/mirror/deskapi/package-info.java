/// The desk's API under `/desk/v1/` as a pure function from request to answer: the server hangs it
/// behind a socket, the command line calls it in its own process.
@NullMarked
package lazaret.mirror.deskapi;

import org.jspecify.annotations.NullMarked;

/// The API of the desk under `/desk/v1/`, as a function from request to response.
///
/// The server exposes it over HTTP, and the command line calls it in its own process.
@NullMarked
package lazaret.mirror.deskapi;

import org.jspecify.annotations.NullMarked;

/// A guard between the sockets and the HTTP/2 implementation of the HTTP library. It parses every
/// frame and header block of the client, ends connections that break a rule or a limit, and passes
/// on a canonical form of the rest: whole header blocks without any use of the dynamic table.
@NullMarked
package lazaret.mirror.http2;

import org.jspecify.annotations.NullMarked;

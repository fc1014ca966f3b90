/// A guard between the sockets and the HTTP/2 implementation of the HTTP library. It parses every
/// frame and header block of the client and ends connections that break a rule or a limit. It
/// passes on the rest in canonical form: whole header blocks without any use of the dynamic table.
@NullMarked
package lazaret.mirror.http2;

import org.jspecify.annotations.NullMarked;

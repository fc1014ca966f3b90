/// The guard before the HTTP/2 implementation, which passes only canonical frames within limits.
///
/// It parses every frame and header block of the client and ends connections that break a rule or a
/// limit. It passes on the rest in canonical form: whole header blocks without any use of the
/// dynamic table.
@NullMarked
package lazaret.mirror.http2;

import org.jspecify.annotations.NullMarked;

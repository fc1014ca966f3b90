/// Tests of the HTTP/2 guard: attacks and honest clients over real sockets.
@NullMarked
package lazaret.mirror.http2;

import org.jspecify.annotations.NullMarked;

/// Tests of the HTTP/2 guard that need no server: header blocks and the sending side.
@NullMarked
package lazaret.mirror.http2;

import org.jspecify.annotations.NullMarked;

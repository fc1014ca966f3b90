/// Tests of the HTTP handlers, most of them over a real socket.
@NullMarked
package lazaret.mirror.http;

import org.jspecify.annotations.NullMarked;

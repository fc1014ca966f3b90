/// HTTP requests that the server sends, within limits.
@NullMarked
package lazaret.mirror.outbound;

import org.jspecify.annotations.NullMarked;

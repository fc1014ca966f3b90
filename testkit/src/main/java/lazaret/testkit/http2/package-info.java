/// A client that speaks HTTP/2 frame by frame.
@NullMarked
package lazaret.testkit.http2;

import org.jspecify.annotations.NullMarked;

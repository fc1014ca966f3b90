/// A client that speaks HTTP/2 frame by frame, and the attacks that it can run.
@NullMarked
package lazaret.testkit.http2;

import org.jspecify.annotations.NullMarked;

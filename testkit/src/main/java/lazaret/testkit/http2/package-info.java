/// A client that sends and reads HTTP/2 frame by frame, and attacks that use it.
@NullMarked
package lazaret.testkit.http2;

import org.jspecify.annotations.NullMarked;

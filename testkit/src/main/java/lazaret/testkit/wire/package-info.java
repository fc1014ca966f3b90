/// Proxies on loopback that hold, delay or drop what programs send to each other.
@NullMarked
package lazaret.testkit.wire;

import org.jspecify.annotations.NullMarked;

/// A client that sends a mix of requests at a constant rate.
@NullMarked
package lazaret.bench.mix;

import org.jspecify.annotations.NullMarked;

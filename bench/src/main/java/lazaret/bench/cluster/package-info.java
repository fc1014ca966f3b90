/// Measurements of several servers that share a store.
@NullMarked
package lazaret.bench.cluster;

import org.jspecify.annotations.NullMarked;

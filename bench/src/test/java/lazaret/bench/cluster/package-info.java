@NullMarked
package lazaret.bench.cluster;

import org.jspecify.annotations.NullMarked;

/// A store of the size of the public registry with measurements of requests to it.
@NullMarked
package lazaret.bench.scale;

import org.jspecify.annotations.NullMarked;

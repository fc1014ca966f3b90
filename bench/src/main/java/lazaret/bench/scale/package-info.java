/// A store of the size of the public registry, and what questions to it cost.
@NullMarked
package lazaret.bench.scale;

import org.jspecify.annotations.NullMarked;

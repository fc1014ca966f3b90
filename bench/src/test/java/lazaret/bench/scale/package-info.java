@NullMarked
package lazaret.bench.scale;

import org.jspecify.annotations.NullMarked;

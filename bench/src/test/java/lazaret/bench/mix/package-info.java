@NullMarked
package lazaret.bench.mix;

import org.jspecify.annotations.NullMarked;

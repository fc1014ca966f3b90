@NullMarked
package lazaret.bench.speed;

import org.jspecify.annotations.NullMarked;

/// The table of speed, whose rows have a target each.
@NullMarked
package lazaret.bench.speed;

import org.jspecify.annotations.NullMarked;

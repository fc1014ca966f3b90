@NullMarked
package lazaret.bench.evaluation;

import org.jspecify.annotations.NullMarked;

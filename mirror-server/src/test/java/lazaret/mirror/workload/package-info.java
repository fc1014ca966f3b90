/// Tests of the tokens of CI jobs over a store in memory, with real signatures.
@NullMarked
package lazaret.mirror.workload;

import org.jspecify.annotations.NullMarked;

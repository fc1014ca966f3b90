/// Short-lived tokens for CI jobs, in exchange for the tokens of their CI systems.
@NullMarked
package lazaret.mirror.workload;

import org.jspecify.annotations.NullMarked;

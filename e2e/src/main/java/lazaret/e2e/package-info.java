/// Tests of the whole: real cargo, a real server, and the rules of the architecture.
@NullMarked
package lazaret.e2e;

import org.jspecify.annotations.NullMarked;

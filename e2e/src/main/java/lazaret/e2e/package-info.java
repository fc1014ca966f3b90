/// Tests of the whole system with a real cargo and a real server, and the rules of the
/// architecture.
@NullMarked
package lazaret.e2e;

import org.jspecify.annotations.NullMarked;

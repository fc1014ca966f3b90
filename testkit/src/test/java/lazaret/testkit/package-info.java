/// Tests of the helpers that other tests use.
@NullMarked
package lazaret.testkit;

import org.jspecify.annotations.NullMarked;

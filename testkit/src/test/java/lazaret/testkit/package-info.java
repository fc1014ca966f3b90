/// Tests of what other tests rest on.
@NullMarked
package lazaret.testkit;

import org.jspecify.annotations.NullMarked;

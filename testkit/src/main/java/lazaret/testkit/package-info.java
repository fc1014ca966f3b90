/// Builders of inputs for the tests of all modules.
@NullMarked
package lazaret.testkit;

import org.jspecify.annotations.NullMarked;

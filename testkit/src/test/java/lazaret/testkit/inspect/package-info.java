/// Tests of `lazaret.vetting.inspect` that need the builders of `testkit`, which `vetting` cannot
/// use.
@NullMarked
package lazaret.testkit.inspect;

import org.jspecify.annotations.NullMarked;

/// Tests of `lazaret.vetting.inspect` that need the builders, which `vetting` itself cannot see.
@NullMarked
package lazaret.testkit.inspect;

import org.jspecify.annotations.NullMarked;

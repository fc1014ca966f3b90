/// The sources of random numbers on which a crate relies, with its keys.
@NullMarked
package lazaret.vetting.inspect.trust;

import org.jspecify.annotations.NullMarked;

/// The sources of random numbers and the keys on which a crate relies.
@NullMarked
package lazaret.vetting.inspect.trust;

import org.jspecify.annotations.NullMarked;

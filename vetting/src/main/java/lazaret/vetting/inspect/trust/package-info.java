/// What a crate as a whole trusts: the sources of its random numbers, and the keys that it accepts.
@NullMarked
package lazaret.vetting.inspect.trust;

import org.jspecify.annotations.NullMarked;

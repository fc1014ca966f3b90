/// The registry to which a name of a crate belongs.
@NullMarked
package lazaret.vetting.origin;

import org.jspecify.annotations.NullMarked;

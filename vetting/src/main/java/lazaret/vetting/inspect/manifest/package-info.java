/// Targets of a crate as its manifest names them.
@NullMarked
package lazaret.vetting.inspect.manifest;

import org.jspecify.annotations.NullMarked;

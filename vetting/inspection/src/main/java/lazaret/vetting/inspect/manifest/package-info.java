/// The targets or dependencies that the manifest of a crate names.
@NullMarked
package lazaret.vetting.inspect.manifest;

import org.jspecify.annotations.NullMarked;

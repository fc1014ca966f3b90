/// The SBOM of a lockfile.
@NullMarked
package lazaret.sbom;

import org.jspecify.annotations.NullMarked;

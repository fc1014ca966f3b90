/// The trusted root with the rules for metadata.
@NullMarked
package lazaret.bundle.trust;

import org.jspecify.annotations.NullMarked;

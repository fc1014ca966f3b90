/// The trusted root with the rules for metadata in addition to the TUF specification.
@NullMarked
package lazaret.bundle.trust;

import org.jspecify.annotations.NullMarked;

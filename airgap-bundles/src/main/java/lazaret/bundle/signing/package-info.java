/// The signing of a bundle or a root.
@NullMarked
package lazaret.bundle.signing;

import org.jspecify.annotations.NullMarked;

/// The attacks of `docs/bundle-attacks.md` on the content and the medium of a bundle, and on its
/// import.
@NullMarked
package lazaret.bundle.attack;

import org.jspecify.annotations.NullMarked;

/// The attacks of `docs/bundle-attacks.md` on the content and the medium of a bundle, and on what
/// takes it in.
@NullMarked
package lazaret.bundle.attack;

import org.jspecify.annotations.NullMarked;

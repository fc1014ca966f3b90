/// The check of OpenPGP signatures by pinned keys.
@NullMarked
package lazaret.toolchain.signature;

import org.jspecify.annotations.NullMarked;

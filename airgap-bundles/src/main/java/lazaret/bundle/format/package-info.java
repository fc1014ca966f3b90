/// The files of a bundle, each written and read here: the same content gives the same bytes, and
/// what is read is foreign until its signatures and digests were checked. Described in
/// `docs/bundle-format.md`.
@NullMarked
package lazaret.bundle.format;

import org.jspecify.annotations.NullMarked;

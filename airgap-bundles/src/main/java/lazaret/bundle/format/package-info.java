/// The readers and writers of the files of a bundle. The same content gives the same bytes. Content
/// that is read is untrusted until its signatures and digests were verified. The format is
/// described in `docs/bundle-format.md`.
@NullMarked
package lazaret.bundle.format;

import org.jspecify.annotations.NullMarked;

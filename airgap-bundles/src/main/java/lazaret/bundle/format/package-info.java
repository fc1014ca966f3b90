/// The files of a bundle: tables, parts, envelopes, statement.
///
/// The same content gives the same bytes. Content that is read is untrusted until its signatures
/// and digests were verified. The format is described in `docs/bundle-format.md`.
@NullMarked
package lazaret.bundle.format;

import org.jspecify.annotations.NullMarked;

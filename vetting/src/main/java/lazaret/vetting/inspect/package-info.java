/// Looks into `.crate` files that a stranger wrote: whether the bytes are those of the index line,
/// whether every program that unpacks them would see the same harmless tree, and what the manifest
/// says that policy needs. Everything is read as a stream within limits and nothing is unpacked.
@NullMarked
package lazaret.vetting.inspect;

import org.jspecify.annotations.NullMarked;

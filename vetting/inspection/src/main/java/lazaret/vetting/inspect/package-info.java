/// The static analysis of untrusted `.crate` files.
///
/// It checks that the bytes are those of the index line, that every program unpacks the same
/// harmless tree, and which facts the manifest states for policy. The archive is read as a stream
/// within limits, and is never unpacked.
@NullMarked
package lazaret.vetting.inspect;

import org.jspecify.annotations.NullMarked;

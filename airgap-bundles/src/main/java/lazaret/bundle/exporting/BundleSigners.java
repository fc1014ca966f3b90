package lazaret.bundle.exporting;

import java.util.List;
import lazaret.bundle.tuf.SigningKey;
import lazaret.vetting.Bytes;

/// The roots and signing keys for a bundle.
///
/// @param roots the files of all roots of the stream, oldest first
/// @param decisions the key that signs statements on versions, of the scheme `ed25519` and named in
///   the root
/// @param targets the keys that sign the targets; empty if officers sign later
/// @param online the keys that sign snapshot and timestamp; empty if officers sign later
public record BundleSigners(
    List<Bytes> roots, SigningKey decisions, List<SigningKey> targets, List<SigningKey> online) {
  /// Copies the lists.
  public BundleSigners {
    roots = List.copyOf(roots);
    targets = List.copyOf(targets);
    online = List.copyOf(online);
  }
}

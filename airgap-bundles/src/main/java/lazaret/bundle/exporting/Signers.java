package lazaret.bundle.exporting;

import java.util.List;
import lazaret.bundle.tuf.SigningKey;
import lazaret.vetting.Bytes;

/// Who signs a bundle while it is made.
///
/// @param roots the files of every root of the stream, the first first
/// @param decisions signs statements on versions; of the scheme `ed25519`, named in the root
/// @param targets sign what the bundle holds; none where officers sign later
/// @param online sign snapshot and timestamp; none likewise
public record Signers(
    List<Bytes> roots, SigningKey decisions, List<SigningKey> targets, List<SigningKey> online) {
  /// Copies the lists.
  public Signers {
    roots = List.copyOf(roots);
    targets = List.copyOf(targets);
    online = List.copyOf(online);
  }
}

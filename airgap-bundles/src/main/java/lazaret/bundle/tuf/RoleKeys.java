package lazaret.bundle.tuf;

import java.util.List;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;

/// Whose signatures make metadata of a role valid, and how many of them.
///
/// @param keyIds each once
/// @param threshold at least 1; more than there are keys means that nothing can be valid
public record RoleKeys(List<String> keyIds, long threshold) {
  /// Copies the ids.
  ///
  /// @throws BundleException `threshold-invalid` for a threshold below one, `metadata-malformed`
  ///   for an id that is named twice
  public RoleKeys {
    keyIds = List.copyOf(keyIds);
    // A threshold of zero would let unsigned metadata through (GHSA-fphv-w9fq-2525 of go-tuf).
    if (threshold < 1) {
      throw new BundleException(
          BundleCode.THRESHOLD_INVALID,
          "cannot use a role with the threshold " + threshold + ": it must be at least 1");
    }
    if (keyIds.stream().distinct().count() != keyIds.size()) {
      throw new BundleException(
          BundleCode.METADATA_MALFORMED, "cannot use a role that names a key id twice");
    }
  }
}

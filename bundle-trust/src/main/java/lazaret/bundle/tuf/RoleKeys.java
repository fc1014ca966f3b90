package lazaret.bundle.tuf;

import java.util.List;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;

/// The key ids whose signatures make metadata of a role valid, and their threshold.
///
/// @param keyIds the key ids, each once
/// @param threshold the number of required signers, at least 1; with fewer keys than the threshold
///   no metadata is valid
public record RoleKeys(List<String> keyIds, long threshold) {
  /// Copies the ids.
  ///
  /// @throws BundleException `threshold-invalid` for a threshold below one, `metadata-malformed`
  ///   for a repeated id
  public RoleKeys {
    keyIds = List.copyOf(keyIds);
    // A threshold of zero would accept unsigned metadata (GHSA-fphv-w9fq-2525 of go-tuf).
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

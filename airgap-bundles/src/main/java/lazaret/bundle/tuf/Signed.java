package lazaret.bundle.tuf;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.vetting.Bytes;

/// A metadata file as it was read: nothing in it is trusted before [#verifiedBy] has returned.
///
/// @param what the role, for messages
/// @param content what the signed part says
/// @param canonical what the signatures are over
/// @param signatures hex by key id
/// @param raw the file, byte for byte
record Signed<M extends Metadata>(
    String what, M content, Bytes canonical, Map<String, String> signatures, Bytes raw) {
  Signed {
    signatures = Map.copyOf(signatures);
  }

  /// Returns the content where enough of a role's keys signed it (TUF specification, *Verifying
  /// signatures*).
  ///
  /// @param keys those that the role's key ids refer to
  /// @throws BundleException `signature-threshold` otherwise
  M verifiedBy(RoleKeys role, Map<String, TufKey> keys) {
    // By what the key is: one key under two ids is one signer (CVE-2020-6174 of python-tuf).
    Set<String> signers = new HashSet<>();
    for (String keyId : role.keyIds()) {
      TufKey key = keys.get(keyId);
      String signature = signatures.get(keyId);
      if (key != null && signature != null && key.verifies(canonical, signature)) {
        signers.add(key.material().strip());
      }
    }
    if (signers.size() < role.threshold()) {
      throw new BundleException(
          BundleCode.SIGNATURE_THRESHOLD,
          "cannot trust %s version %d: %d of its keys signed it, %d are needed"
              .formatted(what, content.version(), signers.size(), role.threshold()));
    }
    return content;
  }
}

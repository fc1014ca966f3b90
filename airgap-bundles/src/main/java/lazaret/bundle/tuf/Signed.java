package lazaret.bundle.tuf;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
/// @param signatures hex by key id, in the order of the file
/// @param raw the file, byte for byte
public record Signed<M extends Metadata>(
    String what, M content, Bytes canonical, Map<String, String> signatures, Bytes raw) {
  /// Copies the signatures.
  public Signed {
    signatures = Collections.unmodifiableMap(new LinkedHashMap<>(signatures));
  }

  /// Returns which of a role's keys signed it.
  ///
  /// @return key ids, in the role's order
  public Set<String> signedBy(Authority by) {
    Set<String> good = new LinkedHashSet<>();
    for (String keyId : by.signers().keyIds()) {
      TufKey key = by.keys().get(keyId);
      String signature = signatures.get(keyId);
      if (key != null && signature != null && key.verifies(canonical, signature)) {
        good.add(keyId);
      }
    }
    return good;
  }

  /// Returns the content where enough of a role's keys signed it (TUF specification, *Verifying
  /// signatures*), and a rule of the caller's own agrees.
  ///
  /// @throws BundleException `signature-threshold` otherwise, or what the rule throws
  public M verifiedBy(Authority by, RoleRule rule) {
    Set<String> good = signedBy(by);
    // By the bytes of the key: one key under two ids, or in two text forms, is one signer
    // (CVE-2020-6174 of python-tuf).
    Set<Bytes> signers = new HashSet<>();
    by.keys()
        .forEach(
            (id, key) -> {
              if (good.contains(id)) {
                signers.add(key.keyBytes());
              }
            });
    rule.signed(this, by, good);
    if (signers.size() < by.signers().threshold()) {
      throw new BundleException(
          BundleCode.SIGNATURE_THRESHOLD,
          "cannot trust %s version %d: %d of its keys signed it, %d are needed"
              .formatted(what, content.version(), signers.size(), by.signers().threshold()));
    }
    rule.trusted(this, by, good);
    return content;
  }
}

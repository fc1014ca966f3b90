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

/// A metadata file as it was read. Its content is not trusted before [#verifiedBy] has returned.
///
/// @param what the name of the role, for messages
/// @param content the content of the signed part
/// @param canonical the canonical JSON that the signatures are made over
/// @param signatures the signatures in hex by key id, in the order of the file
/// @param raw the bytes of the file
public record SignedMetadata<M extends Metadata>(
    String what, M content, Bytes canonical, Map<String, String> signatures, Bytes raw) {
  /// Copies the signatures.
  public SignedMetadata {
    signatures = Collections.unmodifiableMap(new LinkedHashMap<>(signatures));
  }

  /// Returns the keys of a role that signed the file.
  ///
  /// @return the key ids, in the order of the role
  public Set<String> signedBy(SigningAuthority by) {
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

  /// Returns the content if enough keys of a role signed it (TUF specification, *Verifying
  /// signatures*) and the caller's rule accepts it.
  ///
  /// @throws BundleException `signature-threshold` if too few keys signed, or the exception of the
  ///   rule
  public M verifiedBy(SigningAuthority by, RoleRule rule) {
    Set<String> good = signedBy(by);
    // Signers are counted by the bytes of the key: one key under two ids, or in two text forms, is
    // one signer (CVE-2020-6174 of python-tuf).
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

package lazaret.bundle.keys;

import java.util.Map;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.trust.Fingerprint;
import lazaret.bundle.trust.PublicKeyForms;
import lazaret.bundle.tuf.CanonicalJson;
import lazaret.bundle.tuf.JsonFields;
import lazaret.bundle.tuf.JsonTreeReader;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.crates.Sha256;

/// The public decision key of a gate, in the file `decisions.pub.json` for a ceremony.
///
/// @param key the public key, of the scheme `ed25519`
public record DecisionKey(TufKey key) {
  public static final String FORMAT = "lazaret-decision-key/1";

  /// Checks the key.
  ///
  /// @throws BundleException `key-malformed`
  public DecisionKey {
    checked(key);
  }

  static TufKey checked(TufKey key) {
    if (!PublicKeyForms.checked(key).type().equals(PublicKeyForms.ED25519)) {
      throw new BundleException(
          BundleCode.KEY_MALFORMED, "cannot use a key for decisions: expected an Ed25519 key");
    }
    return key;
  }

  /// Parses a file.
  ///
  /// @param file the content
  /// @param what the name of the file, for messages
  /// @throws BundleException `key-malformed` or `metadata-malformed`
  public static DecisionKey parse(Bytes file, String what) {
    JsonFields fields = JsonFields.of(JsonTreeReader.read(file, what), what);
    if (!fields.text("format").equals(FORMAT)) {
      throw new BundleException(
          BundleCode.KEY_MALFORMED,
          "cannot read %s: expected the format '%s', found '%s'"
              .formatted(what, FORMAT, Excerpt.of(fields.text("format"))));
    }
    return new DecisionKey(PublicKeyForms.read(fields.object(PublicKeyForms.ED25519)));
  }

  /// Returns the content of the file.
  public Bytes file() {
    return CanonicalJson.document(
        PublicKeyForms.object(
            Map.of("format", PublicKeyForms.text(FORMAT), PublicKeyForms.ED25519, key.form())));
  }

  /// Returns the fingerprint that two persons compare by voice.
  public Fingerprint fingerprint() {
    return Fingerprint.of(Sha256.of(Bytes.utf8(key.id())));
  }
}

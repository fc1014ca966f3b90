package lazaret.bundle.keys;

import java.util.List;
import java.util.Map;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.trust.Fingerprint;
import lazaret.bundle.trust.PublicKeyForms;
import lazaret.bundle.trust.RootPolicy;
import lazaret.bundle.tuf.CanonicalJson;
import lazaret.bundle.tuf.JsonFields;
import lazaret.bundle.tuf.JsonTreeReader;
import lazaret.bundle.tuf.JsonValue;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.crates.Sha256;

/// The public keys of an officer, in a file that can be sent by mail and is an input of a ceremony.
///
/// @param name the name of the officer, `[a-z0-9-]`, at most 32 characters
/// @param classical the classical key: Ed25519, or ECDSA in a hardware module
/// @param mlDsa the post-quantum key
public record PublicPair(String name, TufKey classical, TufKey mlDsa) {
  /// The format of the file.
  public static final String FORMAT = "lazaret-public-pair/1";

  /// Checks the name and the keys.
  ///
  /// @throws BundleException `key-malformed` or `metadata-malformed`
  public PublicPair {
    RootPolicy.checkName(name, "an officer");
    if (!PublicKeyForms.isClassical(PublicKeyForms.checked(classical))
        || !PublicKeyForms.checked(mlDsa).type().equals(PublicKeyForms.ML_DSA)) {
      throw new BundleException(
          BundleCode.KEY_MALFORMED,
          "cannot use the keys of '%s': expected an Ed25519 or ECDSA key and an ML-DSA-65 key"
              .formatted(name));
    }
  }

  /// Parses a file `NAME.pub.json`.
  ///
  /// @param file the content
  /// @param what the name of the file, for messages
  /// @throws BundleException `key-malformed` or `metadata-malformed`
  public static PublicPair parse(Bytes file, String what) {
    JsonFields fields = JsonFields.of(JsonTreeReader.read(file, what), what);
    if (!fields.text("format").equals(FORMAT)) {
      throw new BundleException(
          BundleCode.KEY_MALFORMED,
          "cannot read %s: expected the format '%s', found '%s'"
              .formatted(what, FORMAT, Excerpt.of(fields.text("format"))));
    }
    return of(fields);
  }

  static PublicPair of(JsonFields fields) {
    return new PublicPair(
        fields.text("name"),
        PublicKeyForms.classical(fields),
        PublicKeyForms.read(fields.object("ml-dsa")));
  }

  /// Returns the content of the file.
  public Bytes file() {
    return CanonicalJson.document(form());
  }

  JsonValue form() {
    return PublicKeyForms.object(
        Map.of(
            "format",
            PublicKeyForms.text(FORMAT),
            "name",
            PublicKeyForms.text(name),
            classical.type(),
            classical.form(),
            "ml-dsa",
            mlDsa.form()));
  }

  /// Returns the ids of both keys in a root.
  public RootPolicy.Pair ids() {
    return new RootPolicy.Pair(classical.id(), mlDsa.id());
  }

  /// Returns both public keys.
  public List<TufKey> keys() {
    return List.of(classical, mlDsa);
  }

  /// Returns the fingerprint that two persons compare by voice. The name is not part of it.
  public Fingerprint fingerprint() {
    return Fingerprint.of(Sha256.of(Bytes.utf8(classical.id() + mlDsa.id())));
  }
}

package lazaret.bundle.trust;

import java.util.Map;
import java.util.regex.Pattern;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.tuf.JsonFields;
import lazaret.bundle.tuf.JsonValue;
import lazaret.bundle.tuf.MetadataReader;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Excerpt;

/// The types of public keys that the metadata of a bundle may contain.
public final class PublicKeyForms {
  /// The type of the classical key of a pair (RFC 8032).
  public static final String ED25519 = "ed25519";

  /// The type of the classical key of a pair in a hardware module: ECDSA on P-256 (FIPS 186-5).
  public static final String ECDSA = "ecdsa";

  /// The type of the post-quantum key of a pair (FIPS 204, TAP 21).
  public static final String ML_DSA = "ml-dsa";

  private static final Pattern HEX_KEY = Pattern.compile("[0-9a-f]{64}");

  private PublicKeyForms() {}

  /// Checks a public key, and refuses other types and malformed keys. No signature could ever
  /// verify with them.
  ///
  /// @throws BundleException `key-malformed`
  public static TufKey checked(TufKey key) {
    boolean good =
        switch (key.type() + " " + key.scheme()) {
          case "ed25519 ed25519" -> HEX_KEY.matcher(key.material()).matches();
          case "ecdsa ecdsa-sha2-nistp256" -> key.isP256();
          case "ml-dsa ml-dsa-65/1" -> key.isMlDsa65();
          default -> false;
        };
    if (!good) {
      throw new BundleException(
          BundleCode.KEY_MALFORMED,
          ("cannot use the key %s of the type '%s' and scheme '%s': expected ed25519, ecdsa with"
                  + " ecdsa-sha2-nistp256, or ml-dsa with ml-dsa-65/1, in its form")
              .formatted(Excerpt.of(key.id()), Excerpt.of(key.type()), Excerpt.of(key.scheme())));
    }
    return key;
  }

  /// Reads a key without an id, and derives the id from its digest.
  ///
  /// @throws BundleException `key-malformed`, or `metadata-malformed` if the fields are not a key
  public static TufKey read(JsonFields fields) {
    TufKey key = MetadataReader.key("", fields);
    return checked(TufKey.of(key.type(), key.scheme(), key.material()));
  }

  /// Reads the classical key of a pair, of either type.
  ///
  /// @throws BundleException as [#read]
  public static TufKey classical(JsonFields pair) {
    return read(pair.object(pair.fields().containsKey(ECDSA) ? ECDSA : ED25519));
  }

  /// Returns whether a key can be the classical one of a pair.
  public static boolean isClassical(TufKey key) {
    return key.type().equals(ED25519) || key.type().equals(ECDSA);
  }

  /// Wraps members as a JSON object.
  public static JsonValue.Fields object(Map<String, JsonValue> fields) {
    return new JsonValue.Fields(fields);
  }

  /// Wraps text as a JSON string.
  public static JsonValue text(String text) {
    return new JsonValue.Text(text);
  }
}

package lazaret.bundle.tuf;

import java.util.HexFormat;

/// The encoding of ML-DSA-65 public keys: a SubjectPublicKeyInfo whose algorithm has no parameters
/// (RFC 9881).
final class MlDsaKeys {
  /// The length of the raw key in bytes (FIPS 204, table 2).
  static final int PUBLIC_LENGTH = 1952;

  /// The DER bytes before the raw key: two sequences, the object identifier 2.16.840.1.101.3.4.3.18
  /// and the head of the bit string.
  static final byte[] PREFIX =
      HexFormat.of().parseHex("308207b2300b0609608648016503040312038207a100");

  private MlDsaKeys() {}
}

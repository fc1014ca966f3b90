package lazaret.bundle.keys;

import java.security.SecureRandom;
import java.util.List;
import lazaret.bundle.tuf.SigningKey;

/// The private keys of an officer, or a device that has them.
///
/// @param publicPair what everybody may know
/// @param ed25519 the classical half
/// @param mlDsa the half that withstands quantum computers
public record SigningPair(PublicPair publicPair, SigningKey ed25519, SigningKey mlDsa) {
  /// Makes new keys.
  ///
  /// @param name the officer's, see [PublicPair]
  public static SigningPair create(String name, SecureRandom random) {
    byte[] seeds = new byte[2 * SigningKey.SEED_LENGTH];
    random.nextBytes(seeds);
    return ofSeeds(name, seeds);
  }

  /// Makes the keys of two seeds, Ed25519's first.
  static SigningPair ofSeeds(String name, byte[] seeds) {
    byte[] first = java.util.Arrays.copyOfRange(seeds, 0, SigningKey.SEED_LENGTH);
    byte[] second =
        java.util.Arrays.copyOfRange(seeds, SigningKey.SEED_LENGTH, 2 * SigningKey.SEED_LENGTH);
    SigningKey ed25519 = SigningKey.ed25519(first);
    SigningKey mlDsa = SigningKey.mlDsa(second);
    return new SigningPair(
        new PublicPair(name, ed25519.publicKey(), mlDsa.publicKey()), ed25519, mlDsa);
  }

  /// Returns both keys, as a metadata file is signed by them.
  public List<SigningKey> keys() {
    return List.of(ed25519, mlDsa);
  }
}

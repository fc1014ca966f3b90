package lazaret.bundle.keys;

import java.security.SecureRandom;
import java.util.List;
import lazaret.bundle.tuf.SigningKey;

/// The private keys of an officer, or a device that has them.
///
/// @param publicPair the public keys
/// @param classical the classical key
/// @param mlDsa the post-quantum key
public record SigningPair(PublicPair publicPair, SigningKey classical, SigningKey mlDsa) {
  /// Makes new keys.
  ///
  /// @param name the name of the officer, see [PublicPair]
  /// @param random the source of the seeds
  public static SigningPair create(String name, SecureRandom random) {
    byte[] seeds = new byte[2 * SigningKey.SEED_LENGTH];
    random.nextBytes(seeds);
    return ofSeeds(name, seeds);
  }

  /// Returns the keys of two seeds, Ed25519 first.
  public static SigningPair ofSeeds(String name, byte[] seeds) {
    byte[] first = java.util.Arrays.copyOfRange(seeds, 0, SigningKey.SEED_LENGTH);
    byte[] second =
        java.util.Arrays.copyOfRange(seeds, SigningKey.SEED_LENGTH, 2 * SigningKey.SEED_LENGTH);
    SigningKey ed25519 = SigningKey.ed25519(first);
    SigningKey mlDsa = SigningKey.mlDsa(second);
    return new SigningPair(
        new PublicPair(name, ed25519.publicKey(), mlDsa.publicKey()), ed25519, mlDsa);
  }

  /// Returns both keys, the classical one first.
  public List<SigningKey> keys() {
    return List.of(classical, mlDsa);
  }
}

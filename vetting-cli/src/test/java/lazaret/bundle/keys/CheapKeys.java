package lazaret.bundle.keys;

import java.nio.file.Path;
import java.security.SecureRandom;

/// Key files like those of `keys create`, but for what a guess at the passphrase costs: a file says
/// that itself, and each opening of a real one takes as long as a test. In the package of keys,
/// since nobody else may make them so.
public final class CheapKeys {
  private static final SealedSeeds.Cost CHEAP = new SealedSeeds.Cost(8 << 10, 1, 1);

  private CheapKeys() {}

  /// Writes the files of new keys.
  ///
  /// @param names of officers, or of the key of decisions
  public static void write(Path folder, String passphrase, String... names) {
    for (String name : names) {
      KeyFile.create(name, passphrase.toCharArray(), CHEAP, new SecureRandom()).write(folder);
    }
  }
}

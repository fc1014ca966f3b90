package lazaret.bundle.keys;

import java.nio.file.Path;
import java.security.SecureRandom;

/// Key files like those of `keys create`, except that a guess at the passphrase is cheap. The file
/// states its cost, and opening a real one takes as long as a test. The class is in the package of
/// keys because the method with a cost is not public.
public final class CheapKeys {
  private static final EncryptedSeeds.Cost CHEAP = new EncryptedSeeds.Cost(8 << 10, 1, 1);

  private CheapKeys() {}

  /// Writes the files of new keys.
  ///
  /// @param names the names of officers, or of the key of decisions
  public static void write(Path folder, String passphrase, String... names) {
    for (String name : names) {
      KeyFile.create(name, passphrase.toCharArray(), CHEAP, new SecureRandom()).write(folder);
    }
  }
}

package lazaret.cli.verbs;

import java.util.Map;
import lazaret.bundle.keys.PassphraseSource;
import org.jspecify.annotations.Nullable;

/// Passphrases of key files, as a person gives them.
final class Passphrases {
  private Passphrases() {}

  /// Returns the passphrase of the environment; null where none is set, as for keys that programs
  /// have.
  static @Nullable String given(Session session) {
    Map<String, String> environment = session.around().environment();
    boolean set =
        environment.containsKey(PassphraseSource.VARIABLE)
            || environment.containsKey(PassphraseSource.FILE_VARIABLE);
    return set ? new String(PassphraseSource.ofEnvironment(environment).passphrase("keys")) : null;
  }
}

package lazaret.cli.keys;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.keys.PassphraseSource;
import lazaret.cli.command.CliSession;
import lazaret.cli.report.Terminal;
import lazaret.vetting.Secret;
import org.jspecify.annotations.Nullable;

/// The sources of passphrases for key files: a file that an option names, the environment, or the
/// terminal.
public final class Passphrases {
  private Passphrases() {}

  /// Returns the single passphrase of keys that another process opens. The result is null if there
  /// is none, for example for keys of programs.
  static @Nullable public Secret given(CliSession session) {
    if (isSet(session.around().environment())) {
      char[] set =
          PassphraseSource.ofEnvironment(session.around().environment()).passphrase("keys");
      return new Secret(new String(set));
    }
    if (!session.terminal().looks().asks()) {
      return null;
    }
    if (session.dataDir() == null && !session.gateway().takesPassphrases()) {
      session.terminal().note("the passphrase is left out over http; use the socket or https");
      return null;
    }
    char[] typed = session.terminal().secret("passphrase of the keys (Enter if there is none):");
    return typed.length == 0 ? null : new Secret(new String(typed));
  }

  private static boolean isSet(Map<String, String> environment) {
    return environment.containsKey(PassphraseSource.VARIABLE)
        || environment.containsKey(PassphraseSource.FILE_VARIABLE);
  }

  /// Returns the source of passphrases of existing keys, and of the PINs of their tokens. A
  /// terminal is asked for a PIN that no file has.
  ///
  /// @param file the file that was named, or null
  public static PassphraseSource source(CliSession session, @Nullable Path file) {
    PassphraseSource keys = keys(session, file);
    PassphraseSource asking =
        session.terminal().looks().asks() ? new WithPin(keys, session.terminal()) : keys;
    return asking.withPinOf(session.around().environment());
  }

  private static PassphraseSource keys(CliSession session, @Nullable Path file) {
    Map<String, String> environment = session.around().environment();
    if (file != null) {
      return PassphraseSource.ofFile(session.around().path(file));
    }
    if (isSet(environment)) {
      return PassphraseSource.ofEnvironment(environment);
    }
    return session.terminal().looks().asks()
        ? new Typed(session.terminal())
        : key -> {
          throw nobody("open", key);
        };
  }

  /// Returns the passphrase of a new key. On a terminal it must be typed twice.
  ///
  /// @param file the file that was named, or null
  /// @throws BundleException `key-unusable` if there is none, or if the two inputs differ
  public static char[] fresh(CliSession session, @Nullable Path file, String key) {
    if (file != null || isSet(session.around().environment())) {
      return source(session, file).passphrase(key);
    }
    Terminal terminal = session.terminal();
    if (!terminal.looks().asks()) {
      throw nobody("make", key);
    }
    char[] once = terminal.secret("passphrase for the key '%s':".formatted(key));
    char[] again = terminal.secret("repeat the passphrase:");
    boolean same = Arrays.equals(once, again);
    Arrays.fill(again, '\0');
    if (!same) {
      Arrays.fill(once, '\0');
      throw new BundleException(
          BundleCode.KEY_UNUSABLE,
          "cannot make the key '%s': the two passphrases differ".formatted(key));
    }
    return once;
  }

  private static BundleException nobody(String verb, String key) {
    return new BundleException(
        BundleCode.KEY_UNUSABLE,
        "cannot %s the key '%s': no passphrase; name --passphrase-file FILE, or set %s or %s"
            .formatted(verb, key, PassphraseSource.VARIABLE, PassphraseSource.FILE_VARIABLE));
  }

  /// A source that asks for the PIN of each token.
  private record WithPin(PassphraseSource keys, Terminal terminal) implements PassphraseSource {
    @Override
    public char[] passphrase(String key) {
      return keys.passphrase(key);
    }

    @Override
    public char[] pin(String key) {
      return terminal.secret("PIN of the token of the key '%s':".formatted(key));
    }
  }

  /// A source that asks for the passphrase of each key. It offers the previous one, because most
  /// keys of one machine share a passphrase.
  private static final class Typed implements PassphraseSource {
    private final Terminal terminal;
    private char[] last = new char[0];

    Typed(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public char[] passphrase(String key) {
      String same = last.length == 0 ? "" : " (Enter: the same again)";
      char[] typed = terminal.secret("passphrase of the key '%s'%s:".formatted(key, same));
      if (typed.length > 0) {
        last = typed;
      }
      return last.clone();
    }
  }
}

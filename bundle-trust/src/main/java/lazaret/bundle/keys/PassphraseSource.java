package lazaret.bundle.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import org.jspecify.annotations.Nullable;

/// A source of the passphrases of key files. It is called only if a key is needed.
@FunctionalInterface
public interface PassphraseSource {
  /// The environment variable with a passphrase.
  String VARIABLE = "LAZARET_PASSPHRASE";

  /// The environment variable with the path of a file that contains a passphrase.
  String FILE_VARIABLE = "LAZARET_PASSPHRASE_FILE";

  /// The environment variable with the path of a file that contains the PIN of a token.
  String PIN_FILE_VARIABLE = "LAZARET_PIN_FILE";

  /// Returns a passphrase.
  ///
  /// @param key the name of the key
  /// @return a new array, which the caller must clear
  /// @throws BundleException `key-unusable` if there is no passphrase
  char[] passphrase(String key);

  /// Returns the PIN of the token that has a key. A passphrase is never one: a token locks itself
  /// after a few wrong PINs.
  ///
  /// @param key the name of the key
  /// @return a new array, which the caller must clear
  /// @throws BundleException `key-unusable` if there is no PIN
  default char[] pin(String key) {
    throw unusable(
        "cannot open the key '%s': no PIN of its token; set %s to a file with it"
            .formatted(key, PIN_FILE_VARIABLE),
        null);
  }

  /// Returns a source that reads the passphrase of all keys from the first line of a file in UTF-8.
  static PassphraseSource ofFile(Path file) {
    return _ -> firstLine("passphrase", file);
  }

  /// Returns a source that reads the passphrase of all keys from the environment, see [#VARIABLE]
  /// and [#FILE_VARIABLE], and PINs from the file of [#PIN_FILE_VARIABLE].
  static PassphraseSource ofEnvironment(Map<String, String> environment) {
    PassphraseSource keys = key -> passphrase(environment, key);
    return keys.withPinOf(environment);
  }

  private static char[] passphrase(Map<String, String> environment, String key) {
    @Nullable String here = environment.get(VARIABLE);
    if (here != null && !here.isEmpty()) {
      return here.toCharArray();
    }
    @Nullable String file = environment.get(FILE_VARIABLE);
    if (file != null && !file.isEmpty()) {
      return firstLine("passphrase", Path.of(file));
    }
    throw unusable(
        "cannot open the key '%s': no passphrase; set %s, or %s to a file with it"
            .formatted(key, VARIABLE, FILE_VARIABLE),
        null);
  }

  /// Returns a source with the passphrases of this one, and the PIN of the file of
  /// [#PIN_FILE_VARIABLE]. Without that variable it is this one.
  default PassphraseSource withPinOf(Map<String, String> environment) {
    @Nullable String file = environment.get(PIN_FILE_VARIABLE);
    if (file == null || file.isEmpty()) {
      return this;
    }
    PassphraseSource keys = this;
    Path pin = Path.of(file);
    return new PassphraseSource() {
      @Override
      public char[] passphrase(String key) {
        return keys.passphrase(key);
      }

      @Override
      public char[] pin(String key) {
        char[] line = firstLine("PIN", pin);
        if (line.length == 0) {
          throw unusable("cannot read the PIN from " + pin + ": its first line is empty", null);
        }
        return line;
      }
    };
  }

  private static char[] firstLine(String what, Path file) {
    byte[] bytes = new byte[4 * KeyFile.LONGEST_PASSPHRASE];
    int length;
    try (var in = Files.newInputStream(file)) {
      length = in.readNBytes(bytes, 0, bytes.length);
    } catch (IOException e) {
      throw unusable("cannot read the %s from %s: %s".formatted(what, file, e.getMessage()), e);
    }
    try {
      CharBuffer text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
      int end = 0;
      while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
        end++;
      }
      char[] line = Arrays.copyOf(text.array(), end);
      Arrays.fill(text.array(), '\0');
      return line;
    } catch (CharacterCodingException e) {
      throw unusable("cannot read the %s from %s: it is not UTF-8".formatted(what, file), e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static BundleException unusable(String message, @Nullable Throwable cause) {
    return new BundleException(BundleCode.KEY_UNUSABLE, message, cause);
  }
}

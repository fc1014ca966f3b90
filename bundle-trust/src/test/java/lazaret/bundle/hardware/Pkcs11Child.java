package lazaret.bundle.hardware;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import lazaret.bundle.BundleException;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Bytes;

/// Operations on a hardware module, in a process with its configuration. Each prints one line: the
/// result, or the code and the message of a refusal.
final class Pkcs11Child {
  private static final Bytes MESSAGE = Bytes.utf8("{\"a\":1}");

  private Pkcs11Child() {}

  /// Runs an operation.
  ///
  /// @param arguments the operation, the driver, the slot, the label, the PIN, and a folder
  public static void main(String... arguments) throws IOException {
    Pkcs11Settings settings =
        new Pkcs11Settings(arguments[1], Integer.parseInt(arguments[2]), arguments[3]);
    char[] pin = arguments[4].toCharArray();
    try {
      System.out.println(
          switch (arguments[0]) {
            case "create" ->
                Pkcs11Key.create(settings, pin, Instant.parse("2026-11-30T12:00:00Z"))
                    .publicKey()
                    .id();
            case "open" -> Pkcs11Key.open(settings, pin).publicKey().id();
            case "sign" -> signed(Pkcs11Key.open(settings, pin));
            case "removed" -> removed(Pkcs11Key.open(settings, pin), Path.of(arguments[5]));
            default -> throw new IllegalArgumentException(arguments[0]);
          });
    } catch (BundleException e) {
      System.out.println(e.reason().code() + ": " + e.getMessage());
    }
  }

  private static String signed(Pkcs11Key key) {
    TufKey publicKey = key.publicKey();
    // A key of another library verifies it.
    TufKey read = TufKey.of(publicKey.type(), publicKey.scheme(), publicKey.material());
    return "verifies: " + read.verifies(MESSAGE, key.sign(MESSAGE));
  }

  private static String removed(Pkcs11Key key, Path tokens) throws IOException {
    try (Stream<Path> files = Files.walk(tokens)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    return key.sign(MESSAGE);
  }
}

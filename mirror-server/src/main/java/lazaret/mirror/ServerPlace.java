package lazaret.mirror;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// Where the server of a data folder listens, noted in the folder while it runs, so that the
/// command line on the same machine finds it.
public final class ServerPlace {
  private static final System.Logger LOG = System.getLogger(ServerPlace.class.getName());
  private static final String FILE = "listening";

  private ServerPlace() {}

  /// Reads the address; empty where no server noted one.
  ///
  /// @return scheme, host and port, without a slash at the end
  public static Optional<String> read(Path dataDir) {
    try {
      return Optional.of(Files.readString(dataDir.resolve(FILE)).strip());
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  static void write(Path dataDir, String url) {
    try {
      Path draft = Files.createTempFile(dataDir, FILE, null);
      Files.writeString(draft, url + "\n");
      Files.move(
          draft,
          dataDir.resolve(FILE),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the address could not be noted in the data folder", e);
    }
  }

  static void remove(Path dataDir) {
    try {
      Files.deleteIfExists(dataDir.resolve(FILE));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the noted address could not be removed", e);
    }
  }
}

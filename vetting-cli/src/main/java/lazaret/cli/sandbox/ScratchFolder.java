package lazaret.cli.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import lazaret.cli.desk.CliException;
import lazaret.sandbox.folders.TemporaryFolder;
import lazaret.vetting.ErrorCode;

/// A private temporary folder that is removed with its content.
///
/// @param folder the folder, which is also removed if this process is terminated by a signal
public record ScratchFolder(TemporaryFolder folder) implements AutoCloseable {
  /// Creates a temporary folder.
  ///
  /// @throws CliException if it cannot be created
  public static ScratchFolder make() {
    Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      return new ScratchFolder(TemporaryFolder.make(parent, "scratch", "rwx------"));
    } catch (IOException e) {
      throw failed("create a folder for temporary files", e);
    }
  }

  /// Returns the path of the folder.
  public Path path() {
    return folder.path();
  }

  @Override
  public void close() {
    try {
      folder.close();
    } catch (IOException e) {
      throw failed("remove " + path(), e);
    }
  }

  private static CliException failed(String tried, IOException e) {
    return new CliException(ErrorCode.CONFIG_INVALID, "cannot " + tried + ": " + e, e);
  }
}

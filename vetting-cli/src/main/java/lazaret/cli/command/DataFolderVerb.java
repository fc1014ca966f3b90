package lazaret.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.InProcessTransport;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.store.Store;

/// A verb that works on a store itself. The store must not be open in a server.
public abstract class DataFolderVerb extends Verb {
  public DataFolderVerb(CliSession session) {
    super(session);
  }

  @Override
  public final Target asks() {
    return Target.STORE;
  }

  /// Returns the named data folder.
  ///
  /// @throws CliException if none was named
  public final Path folder() {
    Path folder = session().dataDir();
    if (folder == null) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot open the store: expected its data folder, found none; name it with --data-dir"
              + " DIR, and stop its server");
    }
    return folder;
  }

  /// Returns the named data folder and checks that it exists, because a mistyped name must not
  /// create a store.
  public final Path existing() {
    Path folder = folder();
    if (!Files.isDirectory(folder)) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot open the store in '%s': no such folder".formatted(folder));
    }
    return folder;
  }

  /// Opens the store. The caller closes it.
  public final Store open() {
    CliEnvironment around = session().around();
    return InProcessTransport.store(folder(), around.clock(), around.environment());
  }
}

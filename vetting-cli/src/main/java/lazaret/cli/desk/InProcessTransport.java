package lazaret.cli.desk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import lazaret.mirror.Wiring;
import lazaret.mirror.config.MirrorConfig;
import lazaret.storage.files.DataFolderFiles;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.client.DeskTransport;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.ledger.Decision;

/// A desk in this process, on a store that is not open in a server, with the same API and wiring.
/// Each user who can open the folder has all permissions and is named `local:USER` in the ledger.
public final class InProcessTransport implements DeskTransport {
  /// The parent of all loggers. A command reports in its result what a server would log. The
  /// reference is kept because the JDK discards loggers without references together with their
  /// level.
  private static final Logger LOGS = Logger.getLogger("lazaret");

  private final Wiring wiring;
  private final Path folder;
  private final String caller;

  private InProcessTransport(Wiring wiring, Path folder, String user) {
    this.wiring = wiring;
    this.folder = folder;
    this.caller = Decision.LOCAL + user;
  }

  /// Opens the store of a data folder, configured by a file in it, or else as its server would be.
  ///
  /// @throws CliException if the folder does not exist and is to have the store: a mistyped name
  ///   must not create a new one
  /// @throws lazaret.vetting.LazaretException if the configuration is wrong or the store cannot be
  ///   opened, with code `store-unusable` if a server has it open
  public static InProcessTransport open(
      Path folder, String user, Clock clock, Map<String, String> environment) {
    return new InProcessTransport(wiring(folder, clock, environment), folder, user);
  }

  /// Opens the services of such a desk, under the same conditions.
  public static Wiring wiring(Path folder, Clock clock, Map<String, String> environment) {
    MirrorConfig config = config(folder, environment);
    if (!Files.isDirectory(folder) && config.cache().shared() == null) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot open the store in '"
              + folder
              + "': no such folder; a server creates it at its first start");
    }
    LOGS.setLevel(Level.SEVERE);
    return Wiring.open(config, clock);
  }

  /// Opens the store of such a desk alone. A folder that does not exist is created.
  public static Store store(Path folder, Clock clock, Map<String, String> environment) {
    return Wiring.openStore(config(folder, environment), clock);
  }

  private static MirrorConfig config(Path folder, Map<String, String> environment) {
    Path own = folder.resolve(DataFolderFiles.CONFIGURATION);
    List<String> words = List.of("--data-dir", folder.toString(), "--config", own.toString());
    return Files.exists(own)
        ? MirrorConfig.read(words, Map.of())
        : MirrorConfig.read(words.subList(0, 2), environment);
  }

  @Override
  public String where() {
    return "the store in " + folder;
  }

  @Override
  public <Q extends Record, R extends Record> Reply<R> call(
      Operation<Q, R> operation, Q request, Duration timeout) {
    return wiring.deskApi().call(operation, request, Caller.local(caller));
  }

  @Override
  public void close() {
    wiring.close();
  }
}

package lazaret.cli.desk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import lazaret.mirror.Wiring;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.deskapi.DeskRequest;
import lazaret.mirror.deskapi.DeskResponse;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.ledger.Decision;

/// A desk in this process, over a store that no server holds: the same API behind the same wiring.
/// Whoever can open the folder may do everything, and is named in the ledger as `local:USER`.
public final class LocalTransport implements DeskTransport {
  /// What the gate logs as a server, a command tells in its answer; held, because loggers that
  /// nobody holds are forgotten with their level.
  private static final Logger LOGS = Logger.getLogger("lazaret");

  private final Wiring wiring;
  private final Path folder;
  private final DeskRequest.Caller caller;
  private final Clock clock;

  private LocalTransport(Wiring wiring, Path folder, String user, Clock clock) {
    this.wiring = wiring;
    this.folder = folder;
    this.caller = new DeskRequest.Caller(Decision.LOCAL + user);
    this.clock = clock;
  }

  /// Opens the store of a data folder, configured as a server with this folder would be.
  ///
  /// @throws CliException if there is no such folder: a mistyped one must not become a new store
  /// @throws lazaret.vetting.LazaretException if the configuration is wrong or the store cannot be
  ///   opened, with code `store-unusable` where a server holds it
  public static LocalTransport open(
      Path folder, String user, Clock clock, Map<String, String> environment) {
    return new LocalTransport(wiring(folder, clock, environment), folder, user, clock);
  }

  /// Opens what stands behind such a desk, under the same conditions.
  public static Wiring wiring(Path folder, Clock clock, Map<String, String> environment) {
    if (!Files.isDirectory(folder)) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot open the store in '"
              + folder
              + "': there is no such folder; a server makes one at its first start");
    }
    LOGS.setLevel(Level.SEVERE);
    MirrorConfig config = MirrorConfig.read(List.of("--data-dir", folder.toString()), environment);
    return Wiring.open(config, clock);
  }

  @Override
  public String where() {
    return "the store in " + folder;
  }

  @Override
  public DeskAnswer ask(DeskQuestion question) {
    DeskResponse response =
        wiring
            .deskApi()
            .handle(
                DeskRequest.local(
                    question.method(),
                    "/desk/v1" + question.target(),
                    question.body(),
                    caller,
                    clock.instant()));
    return new DeskAnswer(response.status(), response.body(), response.retryAfter());
  }

  @Override
  public void close() {
    wiring.close();
  }
}

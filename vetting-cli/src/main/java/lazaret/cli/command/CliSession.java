package lazaret.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import lazaret.cli.cargo.CargoGate;
import lazaret.cli.desk.ClearTransport;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.HttpTransport;
import lazaret.cli.desk.InProcessTransport;
import lazaret.cli.desk.ServerAddress;
import lazaret.cli.desk.ServerLocator;
import lazaret.cli.desk.TlsTrust;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.ProcessCode;
import lazaret.cli.report.Terminal;
import lazaret.credential.CredentialsFile;
import lazaret.credential.GateOrigin;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.deskapi.client.DeskClient;
import lazaret.vetting.deskapi.client.DeskTransport;
import lazaret.vetting.progress.ProgressLine;
import lazaret.vetting.progress.ProgressShare;
import org.jspecify.annotations.Nullable;

/// The state that the verbs of one run of the program share. Not thread-safe.
public final class CliSession implements AutoCloseable {
  private final CliEnvironment around;
  private final GlobalOptions globals;
  private @Nullable DeskTransport transport;
  private boolean awaited;
  private @Nullable Verb failing;

  public CliSession(CliEnvironment around, GlobalOptions globals) {
    this.around = around;
    this.globals = globals;
  }

  /// Returns the environment of the program.
  public CliEnvironment around() {
    return around;
  }

  /// Returns the terminal.
  public Terminal terminal() {
    return around.terminal();
  }

  /// Returns whether the output is JSON.
  public boolean json() {
    return globals.json();
  }

  /// Returns the progress of a long operation that counts its own steps.
  ///
  /// @param what the work, for example `checking the store`
  public ProgressLine progress(String what) {
    return terminal().progress(what, globals.progress());
  }

  /// Returns the progress of a long operation elsewhere.
  ///
  /// @param what the work, for example `checking the store`
  /// @param share the completed share, requested once a second from another thread; may block
  ProgressLine progress(String what, Supplier<ProgressShare> share) {
    return terminal().progress(what, globals.progress(), share);
  }

  /// Returns the present time.
  public Instant now() {
    return around.clock().instant();
  }

  /// Records the verb that failed, or null if no verb was reached. Its exit codes apply.
  public void failing(@Nullable Verb verb) {
    failing = verb;
  }

  /// Returns the exit code of an error code for the verb that failed.
  public ProcessCode failure(ErrorCode code) {
    return failing == null ? ExitCode.of(code) : failing.failure(code);
  }

  ServerLocator serverLocator() {
    return new ServerLocator(around.environment(), around.home());
  }

  /// Returns the server for a login: the named one, or that of this machine. It gets no token. The
  /// configuration of a project names no server for it, because a person may approve what a hostile
  /// project asks for.
  public ServerAddress loginServer() {
    if (globals.dataDir() != null) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot use --data-dir here: expected a server, found a store without one; omit it");
    }
    if (globals.server() == null) {
      serverLocator().awaitStart(around.pause()::of);
    }
    return serverLocator().find(globals.server(), null).with(null);
  }

  /// Returns the origin of a server, by which logins are stored; empty if it has none.
  public Optional<GateOrigin> origin(ServerAddress server) {
    return serverLocator().origin(server.address());
  }

  /// Returns the file with the tokens of logins.
  ///
  /// @throws CliException if the user has no folder of configuration files
  public CredentialsFile credentials() {
    return CredentialsFile.of(around.environment(), around.home())
        .orElseThrow(
            () ->
                new CliException(
                    ErrorCode.CONFIG_INVALID,
                    "cannot find the file of tokens: expected an absolute HOME or XDG_CONFIG_HOME,"
                        + " found none; set one"));
  }

  /// Returns a new client of a server, which the caller closes.
  public DeskClient desk(ServerAddress server) {
    return new DeskClient(transport(server));
  }

  /// Returns the server of this run: the named one, that of this machine, or else the gate that
  /// cargo uses in this folder.
  public ServerAddress gateway() {
    Path file = globals.tokenFile();
    if (globals.server() == null && !awaited) {
      awaited = true;
      serverLocator().awaitStart(around.pause()::of);
    }
    ServerAddress found =
        serverLocator().find(globals.server(), file == null ? null : around.path(file));
    boolean usual =
        globals.server() == null
            && found.token() == null
            && found.server().equals(ServerLocator.USUAL_SERVER);
    return usual
        ? CargoGate.url(around.folder(), around.environment(), around.home())
            .map(serverLocator()::ofProject)
            .orElse(found)
        : found;
  }

  /// Returns the next steps after a gate refused the token: its origin and a way to get another
  /// one.
  public List<String> tokenAdvice() {
    String origin = globals.dataDir() == null ? gateway().origin() : null;
    if (origin != null && origin.startsWith(ServerLocator.LOGIN)) {
      return List.of(
          "the token came from " + origin,
          "sign in again with 'vetting-cli login --server %s'"
              .formatted(origin.substring(ServerLocator.LOGIN.length())));
    }
    return Stream.of(
            origin == null ? "" : "the token came from " + origin,
            (origin == null ? "name a token" : "name another token")
                + " with --token-file FILE or LAZARET_TOKEN; an administrator creates one with"
                + " 'vetting-cli token create'")
        .filter(line -> !line.isEmpty())
        .toList();
  }

  /// Returns the certificate authorities that are accepted for a server, or null for those of the
  /// JDK.
  @Nullable
  public SSLContext trust() {
    return TlsTrust.of(around.environment()).orElse(null);
  }

  /// Returns the named data folder, or null if a server is used.
  @Nullable
  public Path dataDir() {
    Path folder = globals.dataDir();
    return folder == null ? null : around.path(folder);
  }

  /// Returns whether an option names a desk.
  public boolean namesDesk() {
    return globals.server() != null || globals.tokenFile() != null || globals.dataDir() != null;
  }

  /// Returns the desk, which is opened at the first call.
  public DeskClient desk() {
    return new DeskClient(transport());
  }

  private DeskTransport transport() {
    DeskTransport open = transport;
    if (open == null) {
      open = open();
      transport = open;
    }
    return open;
  }

  /// Returns the trust in bundles of the server, or of the store if no server runs on its folder.
  public KnownTrust knownTrust() {
    boolean named =
        globals.server() != null || globals.tokenFile() != null || serverLocator().namesServer();
    Path folder = dataDir();
    if (named && folder == null) {
      return KnownTrust.of(desk());
    }
    ServerLocator there = folder == null ? serverLocator() : serverLocator().on(folder);
    Path data = there.dataFolder();
    there.awaitStart(around.pause()::of);
    if (there.listens()) {
      try (DeskClient running = new DeskClient(transport(there.find(null, null)))) {
        return KnownTrust.of(running);
      }
    }
    if (!Files.isDirectory(data)) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot open the store in '%s': no such folder, and no server runs on it; name a data folder with --data-dir DIR or %s, or a server with --server URL"
              .formatted(data, ServerLocator.DATA_VARIABLE));
    }
    return KnownTrust.of(data, around);
  }

  private DeskTransport transport(ServerAddress gateway) {
    // Reading all authorities of the JDK takes longer than a whole reply without TLS.
    return gateway.isSecure() ? new HttpTransport(gateway, trust()) : new ClearTransport(gateway);
  }

  private DeskTransport open() {
    Path folder = dataDir();
    if (folder == null) {
      return transport(gateway());
    }
    if (globals.server() != null || globals.tokenFile() != null) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot use --data-dir with --server or --token-file: --data-dir opens a store without a"
              + " server");
    }
    return InProcessTransport.open(folder, around.user(), around.clock(), around.environment());
  }

  @Override
  public void close() {
    if (transport != null) {
      transport.close();
    }
  }
}

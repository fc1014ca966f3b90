package lazaret.cli.sandbox;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lazaret.cli.command.CliEnvironment;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.ExitCode;
import lazaret.detonation.DetonationOrder;
import lazaret.detonation.DetonationOutcome;
import lazaret.detonation.DetonationServer;
import lazaret.detonation.PeerCheck;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxReport;
import lazaret.sandbox.output.OutputExcerpt;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import lazaret.vetting.archive.CrateArchive;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "serve",
    header = "Build versions alone by orders of a gate on this machine",
    description = {
      "",
      "Accepts orders on a Unix socket, of the named users only, and runs one at a time. The"
          + " dependencies come through the gate, as for detonate. systemd starts it by"
          + " lazaret-sandbox.socket and passes the socket as standard input."
    },
    footer = {
      "Examples:",
      "  vetting-cli sandbox serve --user lazaret",
      "  vetting-cli sandbox serve --user lazaret --socket /run/lazaret-sandbox/socket"
    },
    exitCodeList = {"0:stopped", "2:no such user, or no socket", "3:the socket failed"})
final class SandboxServeVerb extends Verb {
  /// The package cache is removed before an order that finds more bytes in it.
  private static final long MOST_CACHE = 10L << 30;

  @Option(
      names = "--user",
      paramLabel = "USER",
      required = true,
      description = "User who may send orders: that of the gate. May be given several times.")
  List<String> users = new ArrayList<>();

  @Option(
      names = "--socket",
      paramLabel = "PATH",
      description = "New socket to listen on. Default: the socket that is standard input.")
  @Nullable Path socket;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "Folder for packages between runs. Default: ~/.cache/lazaret/sandbox.")
  @Nullable Path cache;

  SandboxServeVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
    PeerCheck check = PeerCheck.of(users);
    try (ServerSocketChannel listener = listener()) {
      new DetonationServer(check, this::outcome, DetonationServer.Limits.USUAL).serve(listener);
      return ExitCode.DONE;
    } catch (IOException e) {
      throw new CliException(
          ErrorCode.SERVER_UNAVAILABLE,
          "cannot listen for orders: %s; name a free path with --socket".formatted(e.getMessage()),
          e);
    }
  }

  private ServerSocketChannel listener() throws IOException {
    Path named = socket;
    if (named != null) {
      ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        return listener.bind(UnixDomainSocketAddress.of(session().around().path(named)));
      } catch (IOException | RuntimeException e) {
        listener.close();
        throw e;
      }
    }
    if (System.inheritedChannel() instanceof ServerSocketChannel inherited
        && inherited.getLocalAddress() instanceof UnixDomainSocketAddress) {
      return inherited;
    }
    throw new CliException(
        ErrorCode.CONFIG_INVALID,
        "cannot listen for orders: expected a Unix socket as standard input, found none; start"
            + " lazaret-sandbox.socket, or name a path with --socket");
  }

  private DetonationOutcome outcome(DetonationOrder order) {
    OutputExcerpt output = new OutputExcerpt();
    CliEnvironment around = session().around();
    Path packages =
        cache == null
            ? SandboxLayout.usualCache(around.environment(), around.home())
            : around.path(cache);
    LocalDetonation detonation =
        new LocalDetonation(
            session(),
            packages,
            (project, made) -> SandboxLockfileCheck.ofScratch(session(), project).accept(made),
            (phase, _, _) ->
                terminal().note("%s %s: %s".formatted(order.name(), order.version(), phase)),
            output);
    CrateArchive archive = new CrateArchive(order.name(), order.version(), order.crate());
    try {
      PackageCache.limit(packages, MOST_CACHE);
      return switch (detonation.run(archive)) {
        case LocalDetonation.Outcome.Built(DetonationRun.Seen seen) ->
            new DetonationOutcome.Observed(LocalDetonation.evidence(archive, seen));
        case LocalDetonation.Outcome.NotBuilt(String what, SandboxReport report) ->
            refused(
                ErrorCode.REFUSED_BY_POLICY,
                "cannot %s: %s: %s".formatted(what, ViolationReport.cause(report), output.text()));
        case LocalDetonation.Outcome.Refused(var code) ->
            refused(ErrorCode.REFUSED_BY_POLICY, "refused with code " + code.code());
      };
    } catch (SandboxException e) {
      return refused(ErrorCode.SANDBOX_UNUSABLE, String.valueOf(e.getMessage()));
    } catch (LazaretException e) {
      return refused(e.code(), String.valueOf(e.getMessage()));
    }
  }

  private DetonationOutcome refused(ErrorCode code, String detail) {
    terminal().note(detail);
    return new DetonationOutcome.Refused(code, detail);
  }
}

package lazaret.cli.sandbox;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import lazaret.cli.command.CliEnvironment;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.ExitCode;
import lazaret.detonation.DetonationOrder;
import lazaret.detonation.DetonationOutcome;
import lazaret.detonation.DetonationServer;
import lazaret.detonation.DetonationTask;
import lazaret.detonation.DocumentationOutcome;
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
      new DetonationServer(check, new Orders(), DetonationServer.Limits.USUAL).serve(listener);
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

  /// The builds of orders.
  private final class Orders implements DetonationTask {
    @Override
    public DetonationOutcome run(DetonationOrder order) {
      return outcome(order);
    }

    @Override
    public DocumentationOutcome document(DetonationOrder order) {
      OutputExcerpt output = new OutputExcerpt();
      try {
        return ServiceLoader.load(DocumentationBuild.class)
            .findFirst()
            .map(build -> build.document(detonation(order, output), order, output))
            .orElseGet(() -> DetonationTask.super.document(order));
      } catch (SandboxException e) {
        return documented(ErrorCode.SANDBOX_UNUSABLE, e);
      } catch (LazaretException e) {
        return documented(e.code(), e);
      }
    }

    private DocumentationOutcome documented(ErrorCode code, Exception e) {
      DetonationOutcome.Refused refused = refused(code, String.valueOf(e.getMessage()));
      return new DocumentationOutcome.Refused(refused.code(), refused.detail());
    }
  }

  private Path packages() {
    CliEnvironment around = session().around();
    return cache == null
        ? SandboxLayout.usualCache(around.environment(), around.home())
        : around.path(cache);
  }

  private LocalDetonation detonation(DetonationOrder order, OutputExcerpt output) {
    PackageCache.limit(packages(), MOST_CACHE);
    return new LocalDetonation(
        session(),
        packages(),
        (project, made) -> SandboxLockfileCheck.ofScratch(session(), project).accept(made),
        (phase, _, _) ->
            terminal().note("%s %s: %s".formatted(order.name(), order.version(), phase)),
        output);
  }

  private DetonationOutcome outcome(DetonationOrder order) {
    OutputExcerpt output = new OutputExcerpt();
    CrateArchive archive = new CrateArchive(order.name(), order.version(), order.crate());
    try {
      return switch (detonation(order, output).run(archive)) {
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

  private DetonationOutcome.Refused refused(ErrorCode code, String detail) {
    terminal().note(detail);
    return new DetonationOutcome.Refused(code, detail);
  }
}

package lazaret.cli.sandbox;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.cli.desk.CliException;
import lazaret.sandbox.RelaySocket;
import lazaret.sandbox.Sandbox;
import lazaret.sandbox.SandboxLimits;
import lazaret.sandbox.SandboxMode;
import lazaret.sandbox.SandboxPolicy;
import lazaret.sandbox.SandboxPolicy.Access;
import lazaret.sandbox.SandboxPolicy.Folders;
import lazaret.sandbox.SandboxPolicy.LockedVersion;
import lazaret.sandbox.SandboxPolicy.Project;
import lazaret.sandbox.SandboxPolicy.Writes;
import lazaret.sandbox.SandboxReport;
import lazaret.sandbox.SandboxReport.Ending;
import lazaret.sandbox.Violation;
import lazaret.sandbox.bubblewrap.SandboxPaths;
import lazaret.sandbox.relay.CargoRelayConfig;
import lazaret.sandbox.relay.GateEndpoint;
import lazaret.sandbox.relay.LockedArtifact;
import lazaret.sandbox.relay.RelayLimits;
import lazaret.sandbox.relay.RelayProblem;
import lazaret.sandbox.relay.RelayScope;
import lazaret.sandbox.relay.RelaySession;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.lockfile.Lockfile;

/// The runs of one sandboxed build: resolution if there is no lockfile, fetch, and build. Cargo
/// reaches the gate in the first two, which do not run code of crates.
public final class SandboxedBuild {
  /// The folder of sockets. It is short because the path of a socket has at most 107 bytes.
  private static final Path SOCKETS = Path.of("/tmp");

  private final Sandbox sandbox;
  private final GateEndpoint gate;
  private final SandboxLayout layout;
  private final boolean reporting;

  /// Files of cargo's configuration inside the sandbox.
  private final List<String> files;

  /// Creates the runs without starting one.
  ///
  /// @param reporting whether denied attempts are reported
  public SandboxedBuild(
      Sandbox sandbox, GateEndpoint gate, SandboxLayout layout, boolean reporting) {
    this(sandbox, gate, layout, reporting, List.of());
  }

  private SandboxedBuild(
      Sandbox sandbox,
      GateEndpoint gate,
      SandboxLayout layout,
      boolean reporting,
      List<String> files) {
    this.sandbox = sandbox;
    this.gate = gate;
    this.layout = layout;
    this.reporting = reporting;
    this.files = files;
  }

  /// Returns these runs with a file of cargo's configuration.
  ///
  /// @param file its path inside the sandbox
  SandboxedBuild configured(Path file) {
    return new SandboxedBuild(sandbox, gate, layout, reporting, List.of(file.toString()));
  }

  /// A command that a user runs in the sandbox.
  ///
  /// @param words the program and its arguments
  /// @param mode the network access
  /// @param loopback whether its own loopback interface is available
  /// @param writes the treatment of writes into the project
  /// @param ownConfiguration whether the project's cargo configuration is visible
  /// @param environment the variables of the command
  public record Command(
      List<String> words,
      SandboxMode mode,
      boolean loopback,
      Writes writes,
      boolean ownConfiguration,
      Map<String, String> environment) {}

  /// Returns the target folder of the builds.
  public Path target() {
    return layout.target();
  }

  /// Returns the folder of the toolchain.
  public Path sysroot() {
    return layout.toolchain().sysroot();
  }

  /// Returns the cargo settings with which cargo finds fetched crates in the cache.
  public List<String> settings() {
    List<String> settings =
        new ArrayList<>(CargoRelayConfig.of(Path.of(SandboxPaths.GATE), layout.registries()));
    settings.addAll(files);
    return List.copyOf(settings);
  }

  /// Creates or completes the lockfile of the workspace in a temporary copy.
  ///
  /// @param scratch an empty folder, which receives a copy of the manifests
  /// @param err the destination of cargo's output
  /// @return the report, and the path of the lockfile if the run succeeded
  /// @throws CliException if the gate does not reply or does not accept the token, or if the
  ///   manifests cannot be copied
  public Resolved resolve(Path scratch, OutputStream err) {
    // The copy has a cache of its own that is removed with it, because this cache is writable and
    // the gate has not accepted any of these versions yet.
    Path home = scratch.resolve("cargo");
    Path copy = Path.of("copy");
    ManifestCopy.copy(layout.project(), home.resolve(copy));
    Path workspace = copy.resolve(layout.project().relativize(layout.workspace().root()));
    String manifest =
        Path.of(SandboxPaths.CARGO_HOME, workspace.toString(), "Cargo.toml").toString();
    List<String> words = List.of("update", "--workspace", "--quiet", "--manifest-path", manifest);
    SandboxReport report =
        reaching(
            new RelayScope.Resolution(), scratch.resolve("out"), Optional.of(home), words, err);
    return new Resolved(report, home.resolve(workspace).resolve("Cargo.lock"));
  }

  /// The result of a resolution.
  ///
  /// @param report the report of the sandbox
  /// @param lockfile the path of the lockfile if the resolution succeeded
  public record Resolved(SandboxReport report, Path lockfile) {}

  /// Fetches the versions of a lockfile into a cache.
  ///
  /// @param closure the versions of the lockfile, which the gate accepted
  /// @param platforms the platforms for which crates are fetched; empty for all
  /// @throws CliException if the gate does not reply or does not accept the token
  public SandboxReport fetch(
      PackageCache cache, Collection<CrateId> closure, List<String> platforms, OutputStream err) {
    List<String> words = new ArrayList<>(List.of("fetch", "--locked", "--quiet"));
    platforms.forEach(platform -> words.addAll(List.of("--target", platform)));
    return reaching(scope(closure), layout.target(), Optional.of(cache.home()), words, err);
  }

  /// Runs a command with the fetched crates.
  ///
  /// @param lockfile the lockfile of the workspace; its versions may be requested from the gate if
  ///   the mode permits access to it
  public SandboxReport build(
      Command command, PackageCache cache, Lockfile lockfile, OutputStream out, OutputStream err) {
    Build build = new Build(command, cache, lockfile);
    if (command.mode() != SandboxMode.GATE) {
      return sandbox.run(policy(build, Optional.empty()), out, err);
    }
    try (RelaySession session = session(scope(lockfile.crateIds()))) {
      SandboxPolicy policy = policy(build, Optional.of(session));
      return with(sandbox.run(policy, out, err), session.refusals());
    }
  }

  private record Build(Command command, PackageCache cache, Lockfile lockfile) {}

  private SandboxPolicy policy(Build build, Optional<RelaySocket> session) {
    Command command = build.command();
    return new SandboxPolicy(
        command.words(),
        new Access(command.mode(), command.loopback(), reporting),
        new Folders(
            new Project(
                layout.project(), layout.within(), command.writes(), command.ownConfiguration()),
            layout.target(),
            layout.toolchain().sysroot(),
            Optional.of(build.cache().home()),
            Optional.empty(),
            session,
            layout.forbidden()),
        command.environment(),
        SandboxLimits.USUAL,
        build.lockfile().packages().stream()
            .map(each -> new LockedVersion(each.name(), each.version().text()))
            .toList());
  }

  private SandboxReport reaching(
      RelayScope scope, Path target, Optional<Path> home, List<String> words, OutputStream err) {
    List<String> command = new ArrayList<>(List.of("cargo"));
    command.addAll(words);
    settings().forEach(setting -> command.addAll(List.of("--config", setting)));
    try (RelaySession session = session(scope)) {
      SandboxPolicy policy =
          new SandboxPolicy(
              command,
              new Access(SandboxMode.FETCH, false, reporting),
              new Folders(
                  new Project(layout.project(), layout.within(), Writes.REFUSE, false),
                  target,
                  layout.toolchain().sysroot(),
                  home,
                  Optional.empty(),
                  Optional.of(session),
                  layout.forbidden()),
              Map.of(),
              SandboxLimits.USUAL);
      SandboxReport report = with(sandbox.run(policy, err, err), session.refusals());
      Optional<RelayProblem> problem = session.problem();
      if (!report.ending().equals(new Ending.Exited(0)) && problem.isPresent()) {
        throw new CliException(
            switch (problem.get().kind()) {
              case NO_ANSWER -> ErrorCode.SERVER_UNAVAILABLE;
              case FAILURE -> ErrorCode.UPSTREAM_UNAVAILABLE;
              case TOKEN_REFUSED -> ErrorCode.UNAUTHENTICATED;
            },
            "the gate at %s %s: crates were not fetched".formatted(gate, problem.get().words()));
      }
      return report;
    }
  }

  private RelaySession session(RelayScope scope) {
    return RelaySession.open(SOCKETS, new RelaySession.Terms(gate, scope, RelayLimits.DEFAULTS));
  }

  private static RelayScope scope(Collection<CrateId> closure) {
    return RelayScope.closure(
        closure.stream()
            .map(
                id ->
                    new LockedArtifact(
                        id.name().published(), id.version().text(), id.cksum().hex()))
            .toList());
  }

  private static SandboxReport with(SandboxReport report, List<Violation> refusals) {
    List<Violation> all = new ArrayList<>(report.violations());
    all.addAll(refusals);
    return new SandboxReport(report.ending(), all, report.notHeld(), report.took());
  }
}

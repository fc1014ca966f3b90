package lazaret.cli.sandbox;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import lazaret.cli.cargo.CargoCommandCheck;
import lazaret.cli.command.CliEnvironment;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.ServerAddress;
import lazaret.cli.report.ProcessCode;
import lazaret.sandbox.SandboxMode;
import lazaret.sandbox.SandboxPolicy.Writes;
import lazaret.sandbox.SandboxReport;
import lazaret.sandbox.SandboxReport.Ending;
import lazaret.sandbox.Violation;
import lazaret.sandbox.bubblewrap.BubblewrapSandbox;
import lazaret.sandbox.cargo.CargoCommand;
import lazaret.sandbox.cargo.TargetPlatforms;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.lockfile.Lockfile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `sandbox`, which runs a build without access to secrets or the network.
@Command(
    name = "sandbox",
    synopsisSubcommandLabel = "| doctor | serve",
    header = "Run a build without access to secrets and the network",
    description = {
      "",
      "Checks Cargo.lock with the gate, fetches its packages without running code of crates, and"
          + " runs the command without network, home folder and secrets. The project is read-only;"
          + " the target folder is separate. A missing Cargo.lock is created, checked with the gate"
          + " and written.",
      "",
      "Blocked attempts of the command are listed, by crate if the kernel reports it."
    },
    footer = {
      "Examples:",
      "  vetting-cli sandbox -- cargo build --release",
      "  vetting-cli sandbox --loopback -- cargo test",
      "  vetting-cli sandbox --mode fetch",
      "  vetting-cli sandbox doctor"
    },
    exitCodeList = {
      "0:the command succeeded without a violation",
      "124:violation (--on-violation), or stopped by a limit",
      "125:the command was not run, or its programs were not copied; the message names the code",
      "else:the exit code of the command"
    })
public final class SandboxVerb extends Verb {
  /// The options that the sandbox itself adds. Cargo accepts each of them only once.
  private static final Set<String> OURS = Set.of("--frozen", "--locked", "--offline");

  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..*",
      description = "After --: cargo build, check, test, clippy, run, doc, or another program.")
  List<String> command = new ArrayList<>();

  @Option(
      names = "--project",
      paramLabel = "DIR",
      description = "Folder that the command sees. Default: the workspace of the working folder.")
  @Nullable Path project;

  @Option(
      names = "--target-dir",
      paramLabel = "DIR",
      description =
          "Folder that the command writes to. Default: one for each project in the cache.")
  @Nullable Path target;

  @Option(
      names = "--artifacts",
      paramLabel = "DIR",
      description =
          "Folder for the programs and libraries of cargo build. Default: one in the cache.")
  @Nullable Path built;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "Folder for packages between runs. Default: ~/.cache/lazaret/sandbox.")
  @Nullable Path cache;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = {
        "sealed: no network. gate: build scripts reach the gate for the packages of Cargo.lock."
            + " fetch: fetch only, for the platforms of the command if there is one. Default: sealed."
      })
  SandboxMode mode = SandboxMode.SEALED;

  @Option(
      names = "--loopback",
      description = "Permit connections of the command to itself, for tests of servers.")
  boolean loopback;

  @Option(
      names = "--offline",
      description =
          "Use no gate: build with packages that were checked and fetched before. Mode sealed"
              + " only.")
  boolean offline;

  @Option(
      names = "--update-lock",
      description = "First update Cargo.lock to the manifests, in a scratch copy, and write it.")
  boolean updateLock;

  @Option(
      names = "--allow-withheld",
      description =
          "Continue if Cargo.lock has withheld versions, which only other platforms may need.")
  boolean allowWithheld;

  @Option(
      names = "--project-writes",
      paramLabel = "WHAT",
      description =
          "refuse: writes to the project fail. discard: they succeed inside, and are listed and"
              + " discarded. Default: refuse.")
  Writes writes = Writes.REFUSE;

  @Option(
      names = "--honor-project-config",
      description = "Use the project's .cargo/config.toml, which can replace the compiler.")
  boolean ownConfiguration;

  @Option(
      names = "--env",
      paramLabel = "NAME",
      description = "Pass this environment variable to the command. May be given several times.")
  List<String> variables = new ArrayList<>();

  @Option(
      names = "--on-violation",
      paramLabel = "WHAT",
      description = {
        "warn or fail. Default: fail for credentials, the keyring and sockets of the host, warn for"
            + " the rest."
      })
  @Nullable OnViolation onViolation;

  @Option(names = "--no-report", description = "Do not watch for violations.")
  boolean noReport;

  public SandboxVerb(CliSession session) {
    super(session);
  }

  @Override
  public SequencedMap<String, Verb> parts() {
    SequencedMap<String, Verb> parts = new LinkedHashMap<>();
    parts.put("doctor", new SandboxDoctorVerb(session()));
    parts.put("serve", new SandboxServeVerb(session()));
    return parts;
  }

  @Override
  public ProcessCode run() {
    if (command.isEmpty() && mode != SandboxMode.FETCH) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot run: expected a command after --, like '-- cargo build', or --mode fetch");
    }
    if (offline && (mode != SandboxMode.SEALED || updateLock)) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot use --offline with a mode that reaches the gate, or with --update-lock");
    }
    if (session().dataDir() != null) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot use --data-dir: crates come from a running gate; name it with --server");
    }
    CliEnvironment around = session().around();
    SandboxLayout layout =
        SandboxLayout.of(
            new SandboxLayout.NamedFolder(path(project), path(target), path(built), path(cache)),
            around.folder(),
            around.environment(),
            around.home());
    new CargoCommandCheck(layout.workspace().root(), layout.project(), layout.within())
        .check(command, variables, ownConfiguration);
    BubblewrapSandbox sandbox =
        BubblewrapSandbox.of(around.environment().getOrDefault("PATH", "/usr/bin:/bin"));
    ServerAddress gateway = session().gateway();
    SandboxedBuild phases =
        new SandboxedBuild(sandbox, OutsideEndpoint.of(session()), layout, !noReport);
    // A mistake in the options ends the command before the gate is asked.
    SandboxedBuild.Command _ = wanted(phases);
    return switch (lock(layout, phases)) {
      case SandboxLockfileCheck.Outcome.Refused(SandboxExitCode code) -> code;
      case SandboxLockfileCheck.Outcome.Refused(ProcessCode code) -> notRun("code " + code.code());
      case SandboxLockfileCheck.Outcome.Approved(Lockfile lock) -> {
        PackageCache packages = PackageCache.open(layout.cache(), gateway.server());
        SandboxedBuild all = new SandboxGitSources(session(), packages, offline).in(phases, lock);
        yield run(layout, all, packages, lock, wanted(all));
      }
    };
  }

  @Override
  public ProcessCode failure(ErrorCode code) {
    return notRun(code.code());
  }

  private ProcessCode notRun(String cause) {
    terminal().note("sandbox: the command was not run: " + cause);
    return SandboxExitCode.NOT_RUN;
  }

  private @Nullable Path path(@Nullable Path named) {
    return named == null ? null : session().around().path(named);
  }

  private SandboxedBuild.Command wanted(SandboxedBuild phases) {
    List<String> words =
        command.isEmpty()
            ? command
            : CargoCommand.frozen(CargoMessages.asked(withoutOurs(command)), phases.settings());
    Map<String, String> environment = new HashMap<>();
    for (String name : variables) {
      String value = session().around().environment().get(name);
      if (value == null) {
        throw new CliException(
            ErrorCode.MALFORMED_INPUT, "cannot pass the variable '" + name + "': it is not set");
      }
      environment.put(name, value);
    }
    return new SandboxedBuild.Command(words, mode, loopback, writes, ownConfiguration, environment);
  }

  /// Returns the words without options that the sandbox adds. Words after cargo's own `--` are for
  /// the program that cargo runs.
  private static List<String> withoutOurs(List<String> words) {
    int end = words.contains("--") ? words.indexOf("--") : words.size();
    return Stream.concat(
            words.subList(0, end).stream().filter(word -> !OURS.contains(word)),
            words.subList(end, words.size()).stream())
        .toList();
  }

  private SandboxLockfileCheck.Outcome lock(SandboxLayout layout, SandboxedBuild phases) {
    SandboxLockfileCheck lock =
        new SandboxLockfileCheck(session(), layout.workspace().root(), allowWithheld);
    if (offline) {
      return lock.asBefore();
    }
    if (lock.exists() && !updateLock) {
      return lock.check();
    }
    if (command.contains("--locked") || command.contains("--frozen")) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot use --locked or --frozen: there is no lockfile in " + layout.workspace().root());
    }
    try (ScratchFolder scratch = ScratchFolder.make()) {
      SandboxedBuild.Resolved made = phases.resolve(scratch.path(), terminal().errors());
      return ViolationReport.endedWell(made.report())
          ? lock.take(made.lockfile())
          : new SandboxLockfileCheck.Outcome.Refused(
              end(layout, List.of(made.report()), SandboxLayout.ClaimedFolder.NOTHING, false));
    }
  }

  private ProcessCode run(
      SandboxLayout layout,
      SandboxedBuild phases,
      PackageCache packages,
      Lockfile lockfile,
      SandboxedBuild.Command wanted) {
    List<SandboxReport> reports = new ArrayList<>();
    List<String> platforms = TargetPlatforms.of(command, layout.toolchain());
    String manner = layout.manner(platforms);
    OutputStream errors = terminal().errors();
    boolean fetched = packages.holds(lockfile.crateIds(), manner);
    if (!fetched && offline) {
      throw new CliException(
          ErrorCode.SERVER_UNAVAILABLE,
          "cannot build offline: this Cargo.lock was not checked, or its packages were not fetched;"
              + " run it once without --offline");
    }
    if (!fetched) {
      reports.add(phases.fetch(packages, lockfile.crateIds(), platforms, errors));
      fetched = ViolationReport.endedWell(reports.getFirst());
      if (!fetched) {
        terminal()
            .note("sandbox: if Cargo.lock lacks packages of the manifests, add --update-lock");
      } else {
        // The fetch read the file again.
        new SandboxLockfileCheck(session(), layout.workspace().root(), false).requireSame(lockfile);
        packages.seal(lockfile.crateIds(), manner);
      }
    }
    if (fetched && mode != SandboxMode.FETCH) {
      OutputStream out = session().json() ? errors : terminal().output();
      if (CargoMessages.fit(command)) {
        CargoMessages messages = new CargoMessages(out);
        reports.add(phases.build(wanted, packages, lockfile, messages, errors));
        return end(layout, reports, taken(layout, reports, messages.files()), true);
      }
      reports.add(phases.build(wanted, packages, lockfile, out, errors));
      if (CargoCommand.isDoc(command) && ViolationReport.endedWell(reports.getLast())) {
        terminal().note("sandbox: /out is %s; a build wrote its pages".formatted(layout.target()));
      }
    }
    boolean ran = fetched && mode != SandboxMode.FETCH;
    return end(layout, reports, SandboxLayout.ClaimedFolder.NOTHING, ran);
  }

  /// Copies artifacts out of the target folder if the last run succeeded and no violation fails the
  /// build.
  private SandboxLayout.ClaimedFolder taken(
      SandboxLayout layout, List<SandboxReport> reports, List<Path> files) {
    boolean good =
        ViolationReport.endedWell(reports.getLast())
            && reports.stream().flatMap(r -> r.violations().stream()).noneMatch(this::fails);
    return good ? layout.take(files) : SandboxLayout.ClaimedFolder.NOTHING;
  }

  /// Prints the violations. Returns the exit code of the last run, `VIOLATION` if a violation fails
  /// the build, or `NOT_RUN` if a step before the command failed and the command did not run.
  private ProcessCode end(
      SandboxLayout layout,
      List<SandboxReport> reports,
      SandboxLayout.ClaimedFolder taken,
      boolean ran) {
    List<Violation> violations = reports.stream().flatMap(r -> r.violations().stream()).toList();
    List<String> notHeld = reports.stream().flatMap(r -> r.notHeld().stream()).distinct().toList();
    boolean failed = violations.stream().anyMatch(this::fails);
    String forgotten =
        violations.stream().anyMatch(this::isTried) ? "sandbox: " + layout.forget() : "";
    ProcessCode code =
        failed ? SandboxExitCode.VIOLATION : ViolationReport.code(reports, taken, ran);
    if (session().json()) {
      terminal()
          .json(
              new ViolationReport.SandboxDocument(
                  code.code(),
                  reports.stream().map(ViolationReport::ending).toList(),
                  violations.stream().map(ViolationReport::document).toList(),
                  List.copyOf(notHeld),
                  taken.copies().stream().map(Path::toString).toList(),
                  taken.left().stream().map(e -> String.valueOf(e.getMessage())).toList()));
      return code;
    }
    for (SandboxReport report : reports) {
      if (report.ending() instanceof Ending.Stopped(String limit)) {
        terminal().error("stopped by the sandbox: " + limit, List.of());
      }
    }
    violations.forEach(v -> terminal().note("sandbox: " + ViolationReport.sentence(v)));
    notHeld.forEach(what -> terminal().note("sandbox: not supported on this machine: " + what));
    taken.copies().forEach(file -> terminal().note("sandbox: built " + file));
    taken.left().forEach(left -> terminal().note("sandbox: " + left.getMessage()));
    if (code == SandboxExitCode.NOT_RUN && !ran) {
      terminal()
          .note("sandbox: the command was not run: " + ViolationReport.cause(reports.getLast()));
    }
    if (failed) {
      terminal().note("sandbox: failed because of violations; --on-violation warn only lists them");
    }
    if (!forgotten.isEmpty()) {
      terminal().note(forgotten);
    }
    return code;
  }

  /// Returns whether the next build must run everything again. After a limit it continues instead.
  /// After other violations a build that continues would not repeat, and so not report, the
  /// attempt.
  private boolean isTried(Violation violation) {
    return violation.kind() != Violation.Kind.LIMIT && fails(violation);
  }

  private boolean fails(Violation violation) {
    OnViolation chosen = onViolation;
    return chosen == null ? ViolationReport.isGrave(violation) : chosen == OnViolation.FAIL;
  }
}

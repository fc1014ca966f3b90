package lazaret.sandbox.bubblewrap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxException.Kind;
import lazaret.sandbox.SandboxLimits;
import lazaret.sandbox.SandboxMode;
import lazaret.sandbox.SandboxPolicy;
import lazaret.sandbox.SandboxPolicy.Access;
import lazaret.sandbox.SandboxPolicy.Folders;
import lazaret.sandbox.SandboxPolicy.OffLimits;
import lazaret.sandbox.SandboxPolicy.Project;
import lazaret.sandbox.SandboxReport;
import lazaret.sandbox.SandboxReport.Ending;
import lazaret.sandbox.Violation;
import lazaret.sandbox.cargo.RustToolchain;

/// A test of the sandbox on this machine. It builds a program in the sandbox that attempts the
/// actions of a hostile build script, and evaluates the results. For one use.
public final class SandboxDoctor {
  private static final String CANARY = "canary.rs";

  /// The name of the file that marks the data folder of a gate. No step of the test writes a file
  /// of this name.
  private static final String MARKER = "gate-data";

  private static final String OPEN = "OPEN ";
  private static final String DENIED = "denied ";

  /// The kinds of attempts that must be reported.
  private static final Set<Violation.Kind> REPORTED =
      EnumSet.of(
          Violation.Kind.CONNECT,
          Violation.Kind.KEYRING,
          Violation.Kind.TRACE,
          Violation.Kind.KERNEL,
          Violation.Kind.DECOY_OPENED);

  private final Map<String, String> environment;
  private final Path home;
  private final List<Finding> findings = new ArrayList<>();

  /// The result of one test.
  ///
  /// @param what the name of the test
  /// @param level the outcome
  /// @param detail the details, with the remedy if there is a problem
  public record Finding(String what, Level level, String detail) {}

  /// The outcome of a test.
  public enum Level {
    /// The protection works.
    WELL,
    /// A protection is missing; builds run.
    WEAKER,
    /// The sandbox is not usable; builds are refused.
    BROKEN
  }

  private SandboxDoctor(Map<String, String> environment, Path home) {
    this.environment = Map.copyOf(environment);
    this.home = home;
  }

  /// Runs all tests in order. It stops after a failure that the remaining tests depend on.
  ///
  /// @param environment the environment with PATH and the variables of rustup
  /// @param home the home folder of the user
  public static List<Finding> examine(Map<String, String> environment, Path home) {
    SandboxDoctor doctor = new SandboxDoctor(environment, home);
    try {
      doctor.examine();
    } catch (SandboxException e) {
      doctor.note("sandbox", Level.BROKEN, String.valueOf(e.getMessage()));
    }
    return List.copyOf(doctor.findings);
  }

  private void examine() {
    String path = environment.getOrDefault("PATH", "");
    Bubblewrap found = Bubblewrap.find(path);
    note("bubblewrap", Level.WELL, "%s (%s)".formatted(found.program(), found.version()));
    BubblewrapSandbox sandbox = BubblewrapSandbox.of(path);
    RustToolchain toolchain = RustToolchain.find(environment, home);
    note("toolchain", Level.WELL, toolchain.sysroot().toString());
    try (RunFolder folder = RunFolder.make()) {
      Bench bench = Bench.lay(folder, sandbox, toolchain);
      SandboxReport report = boundary(bench);
      reports(bench);
      owner(bench);
      report
          .notHeld()
          .forEach(limit -> note("limits", Level.WEAKER, "not enforced on this machine: " + limit));
    } catch (IOException e) {
      throw new SandboxException(Kind.FAILED, "cannot test the boundary: " + e, e);
    }
  }

  private SandboxReport boundary(Bench bench) {
    Tried tried =
        bench.run(
            new Access(SandboxMode.SEALED, false, false),
            List.of(
                "sh",
                "-c",
                "rustc --edition 2021 -o /out/canary canary.rs && exec /out/canary \"$1\"",
                "sh",
                bench.secret().toString()));
    note("namespaces", Level.WELL, "a sandbox was set up");
    tell(tried, "boundary");
    return tried.report();
  }

  private void tell(Tried tried, String what) {
    List<String> open = tried.lines(OPEN);
    if (!open.isEmpty()) {
      note(what, Level.BROKEN, "not denied: " + String.join(", ", open) + "; do not build here");
    } else if (!tried.isComplete()) {
      note(what, Level.BROKEN, "the canary did not end: " + tried.end());
    } else {
      note(what, Level.WELL, "%d attempts were denied".formatted(tried.lines(DENIED).size()));
    }
  }

  private void reports(Bench bench) {
    Tried tried =
        bench.run(Access.USUAL, List.of("/out/canary", bench.secret().toString(), "reported"));
    tell(tried, "boundary with reports");
    Set<Violation.Kind> missing = EnumSet.copyOf(REPORTED);
    tried.report().violations().forEach(v -> missing.remove(v.kind()));
    if (missing.isEmpty()) {
      note("reports", Level.WELL, "%d kinds were reported".formatted(REPORTED.size()));
    } else {
      String kinds = missing.stream().map(Enum::toString).collect(Collectors.joining(", "));
      note("reports", Level.BROKEN, "not reported: " + kinds + "; run with --no-report");
    }
  }

  private void owner(Bench bench) throws IOException {
    if (BwrapLauncher.owner(bench.target().resolve("canary")) == 0) {
      note("user", Level.BROKEN, "a build runs as root; run it as another user");
    } else {
      note("user", Level.WELL, "builds run as an ordinary user, not as root");
    }
  }

  private void note(String what, Level level, String detail) {
    findings.add(new Finding(what, level, detail));
  }

  /// A project with the test program, and a secret next to it.
  private record Bench(Path folder, BubblewrapSandbox sandbox, RustToolchain toolchain) {
    static Bench lay(RunFolder folder, BubblewrapSandbox sandbox, RustToolchain toolchain)
        throws IOException {
      Bench bench = new Bench(folder.path().toRealPath(), sandbox, toolchain);
      Files.createDirectory(bench.project());
      Files.createDirectory(bench.secret().getParent());
      Files.writeString(bench.secret(), "canary");
      Path source = bench.project().resolve(CANARY);
      try (InputStream text = SandboxDoctor.class.getResourceAsStream(CANARY)) {
        if (text == null) {
          throw new IOException("the program is incomplete: it lacks " + CANARY);
        }
        Files.copy(text, source);
      }
      return bench;
    }

    Path project() {
      return folder.resolve("project");
    }

    Path target() {
      return folder.resolve("out");
    }

    Path secret() {
      return folder.resolve("secrets/canary");
    }

    Tried run(Access access, List<String> command) {
      Folders folders =
          new Folders(
              Project.of(project()),
              target(),
              toolchain.sysroot(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              new OffLimits(List.of(secret().getParent()), MARKER));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      SandboxReport report =
          sandbox.run(
              new SandboxPolicy(command, access, folders, Map.of(), SandboxLimits.USUAL), out, out);
      return new Tried(report, out.toString(StandardCharsets.UTF_8));
    }
  }

  private record Tried(SandboxReport report, String text) {
    List<String> lines(String start) {
      return text.lines()
          .filter(line -> line.startsWith(start))
          .map(line -> line.substring(start.length()))
          .toList();
    }

    boolean isComplete() {
      return report.ending().equals(new Ending.Exited(0)) && text.endsWith("complete\n");
    }

    String end() {
      return report.ending() + " " + text.lines().reduce((_, last) -> last).orElse("");
    }
  }
}

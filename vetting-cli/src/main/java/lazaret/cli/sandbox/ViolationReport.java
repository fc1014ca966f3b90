package lazaret.cli.sandbox;

import java.util.List;
import java.util.stream.Stream;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.ProcessCode;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxReport;
import lazaret.sandbox.SandboxReport.Ending;
import lazaret.sandbox.Violation;
import lazaret.sandbox.Violation.Kind;
import lazaret.sandbox.Violation.Origin;
import lazaret.sandbox.bubblewrap.SandboxPaths;
import lazaret.vetting.deskapi.crates.TraceInfo;
import lazaret.vetting.text.KebabCase;
import org.jspecify.annotations.Nullable;

/// Texts and documents about the ends of sandbox runs and their violations.
public final class ViolationReport {
  private ViolationReport() {}

  /// Returns a violation as a sentence. It contains foreign text that is not neutralized.
  public static String sentence(Violation violation) {
    String times = violation.count() == 1 ? "" : " (%d times)".formatted(violation.count());
    return "%s: %s%s, by %s: %s; %s"
        .formatted(
            word(violation.kind()),
            violation.resource(),
            times,
            who(violation.origin()),
            violation.rule(),
            violation.allow());
  }

  /// Returns the origin of a violation: the crate or the possible crates, and the program.
  private static String who(Origin origin) {
    String crate =
        origin
            .crate()
            .map(name -> name + origin.version().map(v -> " " + v).orElse(""))
            .orElseGet(
                () ->
                    origin.candidates().isEmpty()
                        ? "an unknown crate"
                        : "one of " + String.join(", ", origin.candidates()));
    return crate + origin.program().map(program -> " (" + program + ")").orElse("");
  }

  static String word(Kind kind) {
    return KebabCase.of(kind);
  }

  /// The JSON of a violation.
  ///
  /// @param kind the kind
  /// @param resource the resource that was accessed
  /// @param crate the crate, or null if it is not known
  /// @param version the version of the crate, or null if it is not known
  /// @param program the program, or null if it is not known
  /// @param candidates the possible crates if the crate is not known
  /// @param count the number of attempts
  /// @param rule the rule that was violated
  /// @param allow the option that permits the access
  public record Document(
      String kind,
      String resource,
      @Nullable String crate,
      @Nullable String version,
      @Nullable String program,
      List<String> candidates,
      long count,
      String rule,
      String allow) {}

  /// Returns a violation as a document.
  public static Document document(Violation violation) {
    Origin origin = violation.origin();
    return new Document(
        word(violation.kind()),
        violation.resource(),
        origin.crate().orElse(null),
        origin.version().orElse(null),
        origin.program().orElse(null),
        List.copyOf(origin.candidates()),
        violation.count(),
        violation.rule(),
        violation.allow());
  }

  /// The JSON of the end of a run.
  ///
  /// @param code the exit code of the command, or null if it was stopped
  /// @param stopped the limit that stopped the command, or null if it ended by itself
  /// @param milliseconds the duration
  public record EndDocument(@Nullable Long code, @Nullable String stopped, long milliseconds) {}

  /// Returns the end of a run as a document.
  public static EndDocument ending(SandboxReport report) {
    long took = report.took().toMillis();
    return switch (report.ending()) {
      case Ending.Exited(int code) -> new EndDocument((long) code, null, took);
      case Ending.Stopped(String limit) -> new EndDocument(null, limit, took);
    };
  }

  /// The JSON of a command in the sandbox.
  ///
  /// @param exitCode the exit code of the command line
  /// @param runs the ends of the runs
  /// @param violations the violations
  /// @param notHeld the packages that were not in the store
  /// @param built the paths of the artifacts that were copied
  /// @param notTaken the reasons for which artifacts were not copied
  record SandboxDocument(
      int exitCode,
      List<EndDocument> runs,
      List<Document> violations,
      List<String> notHeld,
      List<String> built,
      List<String> notTaken) {}

  /// Returns whether a run ended by itself with code 0.
  public static boolean endedWell(SandboxReport report) {
    return report.ending().equals(new Ending.Exited(0));
  }

  /// Returns the exit code of a run: the command's own, or another one if the sandbox stopped it.
  ///
  /// @param stopped the exit code of a run that the sandbox stopped
  public static ProcessCode code(SandboxReport report, ProcessCode stopped) {
    return switch (report.ending()) {
      case Ending.Exited(int code) -> () -> code;
      case Ending.Stopped _ -> stopped;
    };
  }

  /// Returns the exit code of a command whose violations do not make it fail. If a file that cargo
  /// named as an artifact is not one, the build has put it there, and the code is `VIOLATION`.
  ///
  /// @param reports the reports of its runs
  /// @param taken the result of copying artifacts
  /// @param ran whether the last run is that of the command; the runs before it fetch packages
  public static ProcessCode code(
      List<SandboxReport> reports, SandboxLayout.ClaimedFolder taken, boolean ran) {
    if (!taken.left().isEmpty()) {
      return taken.left().stream().anyMatch(e -> e.kind() == SandboxException.Kind.REFUSED)
          ? SandboxExitCode.VIOLATION
          : SandboxExitCode.NOT_RUN;
    }
    if (ran) {
      return code(reports.getLast(), SandboxExitCode.VIOLATION);
    }
    return reports.isEmpty() || endedWell(reports.getLast())
        ? ExitCode.DONE
        : SandboxExitCode.NOT_RUN;
  }

  /// Returns the reason for which a command was not run after a run that fetches packages.
  public static String cause(SandboxReport report) {
    return switch (report.ending()) {
      case Ending.Exited(int code) -> "cargo ended with code " + code;
      case Ending.Stopped(String limit) -> "stopped by the sandbox: " + limit;
    };
  }

  /// Returns whether a violation makes a run fail by default. Such violations do not occur in
  /// honest builds, not even by mistake.
  public static boolean isGrave(Violation violation) {
    return switch (violation.kind()) {
      case DECOY_OPENED -> !isSettings(violation);
      case DECOY_VALUE, KEYRING -> true;
      case SOCKET -> violation.resource().contains("VSOCK");
      case CONNECT, TRACE, KERNEL, WRITE_ATTEMPT, LIMIT, GATE_REFUSAL -> false;
    };
  }

  /// Returns whether a recorded trace of a detonation is such a violation. No program of the
  /// project runs in a detonation, so that each opened decoy counts.
  static boolean isGrave(TraceInfo trace) {
    String what = trace.what();
    return trace.kind() == TraceInfo.Kind.DENIED
        && (Stream.of(Kind.DECOY_OPENED, Kind.DECOY_VALUE, Kind.KEYRING)
                .anyMatch(kind -> what.startsWith(word(kind) + " "))
            || (what.startsWith(word(Kind.SOCKET) + " ") && what.contains("VSOCK")));
  }

  /// Returns whether a violation is a program that reads the settings of its own project, as honest
  /// programs do. It must be a built program in the target folder. Build scripts have other folders
  /// there, and macros run in the compiler, which belongs to the toolchain.
  private static boolean isSettings(Violation violation) {
    return violation.resource().startsWith(SandboxPaths.PROJECT + "/")
        && violation.origin().candidates().isEmpty()
        && violation
            .origin()
            .program()
            .filter(program -> program.startsWith(SandboxPaths.TARGET + "/"))
            .filter(program -> !program.contains("/build/"))
            .isPresent();
  }
}

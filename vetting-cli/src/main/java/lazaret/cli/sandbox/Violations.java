package lazaret.cli.sandbox;

import java.util.List;
import java.util.Locale;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.ProcessCode;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxReport;
import lazaret.sandbox.SandboxReport.Ending;
import lazaret.sandbox.Violation;
import lazaret.sandbox.Violation.Kind;
import lazaret.sandbox.Violation.Origin;
import lazaret.sandbox.bubblewrap.Inside;

/// How runs in the sandbox ended and what they tried in vain, in words and as documents.
public final class Violations {
  private Violations() {}

  /// Returns a violation in a sentence: foreign text, not neutralised.
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

  /// Returns who did it: the crate, or the crates that it could have been, and the program.
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
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Returns a violation as a document.
  public static JsonObject document(Violation violation) {
    Origin origin = violation.origin();
    return JsonObject.builder()
        .put("kind", word(violation.kind()))
        .put("resource", violation.resource())
        .put("crate", origin.crate().orElse(null))
        .put("version", origin.version().orElse(null))
        .put("program", origin.program().orElse(null))
        .texts("candidates", origin.candidates())
        .put("count", violation.count())
        .put("rule", violation.rule())
        .put("allow", violation.allow())
        .build();
  }

  /// Returns how a run ended as a document.
  public static JsonObject ending(SandboxReport report) {
    JsonObject.Builder ending =
        switch (report.ending()) {
          case Ending.Exited(int code) -> JsonObject.builder().put("code", code);
          case Ending.Stopped(String limit) -> JsonObject.builder().put("stopped", limit);
        };
    return ending.put("milliseconds", report.took().toMillis()).build();
  }

  /// Tells whether a run ended by itself with code 0.
  public static boolean endedWell(SandboxReport report) {
    return report.ending().equals(new Ending.Exited(0));
  }

  /// Returns the code of a run: the command's own, unless the sandbox stopped it.
  public static ProcessCode code(SandboxReport report) {
    return switch (report.ending()) {
      case Ending.Exited(int code) -> () -> code;
      case Ending.Stopped _ -> ExitCode.VIOLATION;
    };
  }

  /// Returns the code of a command that did nothing that fails. What stands where cargo says that
  /// an artefact is, and is none, was put there by the build.
  ///
  /// @param reports of its runs
  public static ProcessCode code(List<SandboxReport> reports, Ground.Taken taken) {
    if (!taken.left().isEmpty()) {
      return taken.left().stream().anyMatch(e -> e.kind() == SandboxException.Kind.REFUSED)
          ? ExitCode.VIOLATION
          : ExitCode.UNAVAILABLE;
    }
    return reports.isEmpty() ? ExitCode.DONE : code(reports.getLast());
  }

  /// Tells whether a violation ends a run as failed where nobody said otherwise: what no honest
  /// build does, not even by mistake.
  public static boolean isGrave(Violation violation) {
    return switch (violation.kind()) {
      case DECOY_OPENED -> !isSettings(violation);
      case DECOY_VALUE, KEYRING -> true;
      case SOCKET -> violation.resource().contains("VSOCK");
      case CONNECT, TRACE, KERNEL, WRITE_ATTEMPT, LIMIT, GATE_REFUSAL -> false;
    };
  }

  /// A program that was built and is run reads the settings of its own project, as honest ones do.
  /// Build scripts have their folders in the target folder, and macros run in the compiler, which
  /// is the toolchain's.
  private static boolean isSettings(Violation violation) {
    return violation.resource().startsWith(Inside.PROJECT + "/")
        && violation.origin().candidates().isEmpty()
        && violation
            .origin()
            .program()
            .filter(program -> program.startsWith(Inside.TARGET + "/"))
            .filter(program -> !program.contains("/build/"))
            .isPresent();
  }
}

package lazaret.cli.sandbox;

import java.util.List;
import java.util.Locale;
import lazaret.cli.command.CliEnvironment;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.sandbox.bubblewrap.SandboxDoctor;
import lazaret.sandbox.bubblewrap.SandboxDoctor.Finding;
import lazaret.sandbox.bubblewrap.SandboxDoctor.Level;
import picocli.CommandLine.Command;

@Command(
    name = "doctor",
    header = "Check that the sandbox works on this machine",
    description = {
      "",
      "Builds a program in the sandbox that makes the attempts of a hostile build script, and"
          + " checks the results. Missing features are listed with a remedy."
    },
    footer = {"Examples:", "  vetting-cli sandbox doctor", "  vetting-cli sandbox doctor --json"},
    exitCodeList = {
      "0:all attempts denied",
      "3:a feature is missing, or an attempt was not denied: builds are refused"
    })
final class SandboxDoctorVerb extends Verb {
  SandboxDoctorVerb(CliSession session) {
    super(session);
  }

  @Override
  public Target asks() {
    return Target.NOBODY;
  }

  @Override
  public ExitCode run() {
    CliEnvironment around = session().around();
    List<Finding> findings = SandboxDoctor.examine(around.environment(), around.home());
    boolean usable = findings.stream().noneMatch(f -> f.level() == Level.BROKEN);
    if (session().json()) {
      terminal()
          .json(
              new Diagnosis(
                  usable,
                  findings.stream()
                      .map(f -> new FindingDocument(f.what(), word(f.level()), f.detail()))
                      .toList()));
    } else {
      TextTable table = new TextTable("", "WHAT", "FOUND");
      findings.forEach(
          f ->
              table.row(
                  Cell.of(style(f.level()), word(f.level())),
                  Cell.of(TextStyle.STRONG, f.what()),
                  Cell.of(f.detail())));
      terminal().table(table);
      terminal()
          .line(
              usable
                  ? Cell.of(TextStyle.GOOD, "the sandbox works on this machine")
                  : Cell.of(
                      TextStyle.BAD,
                      "the sandbox does not work on this machine: builds are" + " refused"));
    }
    return usable ? ExitCode.DONE : ExitCode.UNAVAILABLE;
  }

  /// The JSON of the findings about this machine.
  ///
  /// @param usable whether builds can run in the sandbox
  /// @param findings the findings
  private record Diagnosis(boolean usable, List<FindingDocument> findings) {}

  /// The JSON of a finding.
  ///
  /// @param what the feature or attempt
  /// @param level the severity
  /// @param detail the result
  private record FindingDocument(String what, String level, String detail) {}

  private static String word(Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }

  private static TextStyle style(Level level) {
    return switch (level) {
      case WELL -> TextStyle.GOOD;
      case WEAKER -> TextStyle.WARN;
      case BROKEN -> TextStyle.BAD;
    };
  }
}

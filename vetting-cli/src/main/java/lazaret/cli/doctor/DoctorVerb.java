package lazaret.cli.doctor;

import java.nio.file.Path;
import java.util.List;
import lazaret.cli.cargo.DoctorFinding;
import lazaret.cli.command.CliEnvironment;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.TextStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command `doctor`, which checks that cargo uses the gate.
@Command(
    name = "doctor",
    header = "Check that cargo in this project uses the gate",
    description = {
      "",
      "Reads the configuration files and variables of cargo, follows source replacement, queries"
          + " the gate, and searches for bypasses: git and path sources, other registries, other"
          + " configuration files. Each finding has a remedy."
    },
    footer = {"Examples:", "  vetting-cli doctor", "  vetting-cli doctor --project ../app --json"},
    exitCodeList = {
      "0:all crates come through the gate",
      "1:a source bypasses the gate, or the configuration does not work",
      "2:no such folder"
    })
public final class DoctorVerb extends Verb {
  @Option(
      names = "--project",
      paramLabel = "DIR",
      description = "Folder of the project. Default: the working folder.")
  Path project = Path.of("");

  public DoctorVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
    CliEnvironment around = session().around();
    ProjectDoctor doctor =
        new ProjectDoctor(
            around.path(project),
            around.home(),
            around.environment(),
            around.cargo(),
            new HttpProbe(session().trust()));
    List<DoctorFinding> findings = doctor.examine();
    boolean bypassed = findings.stream().anyMatch(f -> f.level() == DoctorFinding.Level.WARNING);
    boolean well = findings.stream().noneMatch(f -> f.level() == DoctorFinding.Level.PROBLEM);
    if (session().json()) {
      terminal().json(new Diagnosis(well, DoctorText.documents(findings)));
    } else {
      findings.forEach(finding -> DoctorText.print(terminal(), finding));
      terminal()
          .line(
              well
                  ? Cell.of(
                      bypassed ? TextStyle.WARN : TextStyle.GOOD,
                      "cargo in this project uses the gate"
                          + (bypassed ? ", except as the warnings say" : ""))
                  : Cell.of(
                      TextStyle.BAD, "cargo in this project bypasses the gate, or cannot use it"));
    }
    return well ? ExitCode.DONE : ExitCode.REFUSED;
  }

  /// The JSON of the findings about a project.
  ///
  /// @param throughTheGate whether all crates come through the gate
  /// @param findings the findings
  private record Diagnosis(boolean throughTheGate, List<DoctorText.Document> findings) {}
}

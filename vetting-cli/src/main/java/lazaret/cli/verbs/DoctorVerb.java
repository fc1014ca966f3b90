package lazaret.cli.verbs;

import java.nio.file.Path;
import java.util.List;
import lazaret.cli.doctor.Doctor;
import lazaret.cli.doctor.Finding;
import lazaret.cli.doctor.HttpProbe;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Style;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "doctor",
    header = "Does cargo in this project really go through the gate?",
    description = {
      "",
      "Reads the configuration files and variables that cargo reads, follows source replacement, asks"
          + " the gate at its end, and looks for what goes round it: git and path sources, other"
          + " registries, another configuration file. Every finding comes with its cure."
    },
    footer = {"Examples:", "  vetting-cli doctor", "  vetting-cli doctor --project ../app --json"},
    exitCodeList = {
      "0:everything goes through the gate",
      "1:something goes round it, or will not work",
      "2:there is no such folder"
    })
final class DoctorVerb extends Verb {
  @Option(
      names = "--project",
      paramLabel = "DIR",
      description = "The project; the working folder where none is named.")
  Path project = Path.of("");

  DoctorVerb(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    Surroundings around = session().around();
    Doctor doctor =
        new Doctor(
            around.path(project),
            around.home(),
            around.environment(),
            around.cargo(),
            new HttpProbe(session().trust()));
    List<Finding> findings = doctor.examine();
    boolean bypassed = findings.stream().anyMatch(f -> f.level() == Finding.Level.WARNING);
    boolean well = findings.stream().noneMatch(f -> f.level() == Finding.Level.PROBLEM);
    if (session().json()) {
      terminal()
          .json(
              JsonObject.builder()
                  .put("through_the_gate", well)
                  .list("findings", findings, Findings::document)
                  .build());
    } else {
      findings.forEach(finding -> Findings.print(terminal(), finding));
      terminal()
          .line(
              well
                  ? Cell.of(
                      bypassed ? Style.WARN : Style.GOOD,
                      "cargo here goes through the gate"
                          + (bypassed ? ", except for what the warnings name" : ""))
                  : Cell.of(Style.BAD, "not everything here goes through the gate"));
    }
    return well ? ExitCode.DONE : ExitCode.REFUSED;
  }
}

package lazaret.cli.verbs;

import java.util.List;
import java.util.Locale;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Style;
import lazaret.cli.report.Table;
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
  SandboxDoctorVerb(Session session) {
    super(session);
  }

  @Override
  Asks asks() {
    return Asks.NOBODY;
  }

  @Override
  ExitCode run() {
    Surroundings around = session().around();
    List<Finding> findings = SandboxDoctor.examine(around.environment(), around.home());
    boolean usable = findings.stream().noneMatch(f -> f.level() == Level.BROKEN);
    if (session().json()) {
      terminal()
          .json(
              JsonObject.builder()
                  .put("usable", usable)
                  .list("findings", findings, SandboxDoctorVerb::document)
                  .build());
    } else {
      Table table = new Table("", "WHAT", "FOUND");
      findings.forEach(
          f ->
              table.row(
                  Cell.of(style(f.level()), word(f.level())),
                  Cell.of(Style.STRONG, f.what()),
                  Cell.of(f.detail())));
      terminal().table(table);
      terminal()
          .line(
              usable
                  ? Cell.of(Style.GOOD, "the sandbox works on this machine")
                  : Cell.of(
                      Style.BAD,
                      "the sandbox does not work on this machine: builds are" + " refused"));
    }
    return usable ? ExitCode.DONE : ExitCode.UNAVAILABLE;
  }

  private static JsonObject document(Finding finding) {
    return JsonObject.builder()
        .put("what", finding.what())
        .put("level", word(finding.level()))
        .put("detail", finding.detail())
        .build();
  }

  private static String word(Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }

  private static Style style(Level level) {
    return switch (level) {
      case WELL -> Style.GOOD;
      case WEAKER -> Style.WARN;
      case BROKEN -> Style.BAD;
    };
  }
}

package lazaret.cli.verbs;

import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Moments;
import lazaret.cli.report.Style;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "why",
    header = "Why a version is or is not served, and what to do about it.",
    footer = {
      "Examples:",
      "  vetting-cli why serde@1.0.219",
      "  vetting-cli why serde@1.0.219 --json | jq -r .verdict.kind"
    },
    exitCodeList = {
      "0:it is served",
      "1:it is withheld",
      "2:no exact version was named",
      "3:no gate answers, or upstream cannot be asked",
      "5:no such crate or version"
    })
final class WhyVerb extends Verb {
  @Parameters(paramLabel = "NAME@VERSION", description = "One exact version.")
  String word = "";

  WhyVerb(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    Versions.Exact exact = Versions.exact(word);
    JsonObject report = Reports.version(desk(), exact.name(), exact.version(), "explain");
    if (session().json()) {
      terminal().json(report);
    } else {
      print(report);
    }
    return report.flag("served") ? ExitCode.DONE : ExitCode.REFUSED;
  }

  private void print(JsonObject report) {
    boolean served = report.flag("served");
    JsonObject verdict = report.object("verdict");
    String spec = report.words("name") + "@" + report.words("version");
    terminal()
        .line(
            Cell.of(Style.STRONG, spec),
            Cell.of(" is "),
            served ? Cell.of(Style.GOOD, "served") : Cell.of(Style.BAD, "withheld"),
            Cell.of(" (" + verdict.words("kind") + ")"));
    verdict.objects("reasons").forEach(r -> terminal().line("  because " + Verdicts.reason(r)));
    verdict
        .text("until")
        .ifPresent(
            until -> terminal().line("  until   " + Moments.distant(until, session().now())));
    JsonObject delta = report.object("delta");
    String gained = delta.has("base") ? VersionPage.gained(delta) : "";
    if (!gained.isEmpty()) {
      terminal().line("  gained  " + gained + ", against " + delta.words("base"));
    }
    if (!served) {
      String use =
          report
              .text("instead")
              .map(
                  instead ->
                      "  use     cargo update -p %s --precise %s"
                          .formatted(report.words("name"), instead))
              .orElse("  use     no version of it is served");
      terminal().line(use);
      boolean second =
          verdict.objects("reasons").stream()
              .anyMatch(r -> r.words("code").equals("second-person-needed"));
      terminal()
          .line(
              "  or      vetting-cli approve %s --reason TEXT%s"
                  .formatted(spec, second ? ", by a second person" : ""));
    }
    new DetonationPage(terminal()).print(report.object("detonation"), false);
  }
}

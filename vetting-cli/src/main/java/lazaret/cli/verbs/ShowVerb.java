package lazaret.cli.verbs;

import java.util.List;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Moments;
import lazaret.cli.report.Style;
import lazaret.cli.report.Table;
import lazaret.cli.verify.FeedWarnings;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.CrateVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    header = "A crate with the verdict on each version, or everything about one version.",
    description = {
      "",
      "With a name, or a name and a requirement: the versions, newest first. With one exact version:"
          + " verdict, what inspection found, decisions, who asked."
    },
    footer = {
      "Examples:",
      "  vetting-cli show serde",
      "  vetting-cli show 'serde@^1.0.200' --all",
      "  vetting-cli show serde@1.0.219"
    },
    exitCodeList = {
      "0:told, whatever the verdict",
      "2:no crate name, version or requirement",
      "3:no gate answers, or upstream cannot be asked",
      "5:no such crate or version"
    })
final class ShowVerb extends Verb {
  private static final int NEWEST = 20;

  @Parameters(paramLabel = "NAME[@VERSION]", description = "The crate, or one version of it.")
  String word = "";

  @Option(names = "--all", description = "Every version, not the newest 20 only.")
  boolean all;

  ShowVerb(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    CrateSpec spec = CrateSpec.parse(word);
    CrateVersion version = spec.version();
    if (version != null) {
      JsonObject report = Reports.version(desk(), spec.name(), version, "show");
      if (session().json()) {
        terminal().json(report);
      } else {
        new VersionPage(terminal(), session().now()).print(report);
      }
    } else {
      show(spec);
    }
    return ExitCode.DONE;
  }

  private void show(CrateSpec spec) {
    JsonObject report = Reports.crate(desk(), spec.name(), "show");
    List<JsonObject> versions =
        report.objects("versions").stream()
            .filter(line -> spec.matches(Versions.of(line)))
            .sorted(Versions.newestFirst())
            .toList();
    if (session().json()) {
      terminal().json(report.toBuilder().list("versions", versions, v -> v).build());
      return;
    }
    FeedWarnings.print(terminal(), report);
    terminal()
        .line(
            Cell.of(Style.STRONG, report.words("name")),
            Cell.of(
                ": newest served is %s; index confirmed %s"
                    .formatted(
                        report.text("newest_served").orElse("none"),
                        Moments.distant(report.words("checked_at"), session().now()))));
    int shown = all ? versions.size() : Math.min(NEWEST, versions.size());
    table(versions.subList(0, shown));
    if (shown < versions.size()) {
      terminal().line("%d older versions; --all shows them".formatted(versions.size() - shown));
    }
    for (JsonObject line : report.objects("left_out")) {
      terminal()
          .line(
              Cell.of(Style.BAD, "left out: "),
              Cell.of(
                  "line %d, %s: %s"
                      .formatted(
                          line.number("line"), line.words("reason"), line.words("excerpt"))));
    }
  }

  private void table(List<JsonObject> versions) {
    Table table = new Table("VERSION", "VERDICT", "HELD", "YANKED", "WHY");
    for (JsonObject line : versions) {
      JsonObject verdict = line.object("verdict");
      table.row(
          Cell.of(line.words("version")),
          Verdicts.kind(verdict, line.flag("served")),
          Cell.of(line.flag("held") ? "yes" : "-"),
          Cell.of(line.flag("yanked") ? "yes" : "-"),
          Cell.of(Verdicts.why(verdict, session().now())));
    }
    terminal().table(table);
  }
}

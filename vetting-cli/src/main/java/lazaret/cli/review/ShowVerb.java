package lazaret.cli.review;

import java.util.List;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.DeskQueries;
import lazaret.cli.desk.VersionArguments;
import lazaret.cli.lockfile.FeedWarnings;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import lazaret.cli.report.VerdictText;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.CrateVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `show`, which shows a crate.
@Command(
    name = "show",
    header = "Show the verdicts of a crate, or one version in detail",
    description = {
      "",
      "A name, or a name and a requirement, lists the versions, newest first. An exact version is"
          + " shown with its verdict, the result of the inspection, its decisions and its"
          + " requesters."
    },
    footer = {
      "Examples:",
      "  vetting-cli show serde",
      "  vetting-cli show 'serde@^1.0.200' --all",
      "  vetting-cli show serde@1.0.219"
    },
    exitCodeList = {
      "0:success, whatever the verdict",
      "2:malformed name, version or requirement",
      "3:gate or upstream unavailable",
      "5:no such crate or version"
    })
public final class ShowVerb extends Verb {
  private static final int NEWEST = 20;

  @Parameters(paramLabel = "NAME[@VERSION]", description = "Crate, or one version of it.")
  String word = "";

  @Option(names = "--all", description = "All versions, not only the newest 20.")
  boolean all;

  public ShowVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
    CrateSpec spec = CrateSpec.parse(word);
    CrateVersion version = spec.version();
    if (version != null) {
      JsonObject report = DeskQueries.version(desk(), spec.name(), version, "show");
      if (session().json()) {
        terminal().json(report);
      } else {
        new VersionText(terminal(), session().now()).print(report);
      }
    } else {
      show(spec);
    }
    return ExitCode.DONE;
  }

  private void show(CrateSpec spec) {
    JsonObject report = DeskQueries.crate(desk(), spec.name(), "show");
    List<JsonObject> versions =
        report.objects("versions").stream()
            .filter(line -> spec.matches(VersionArguments.of(line)))
            .sorted(VersionArguments.newestFirst())
            .toList();
    if (session().json()) {
      terminal().json(report.toBuilder().list("versions", versions, v -> v).build());
      return;
    }
    FeedWarnings.print(terminal(), report);
    terminal()
        .line(
            Cell.of(TextStyle.STRONG, report.words("name")),
            Cell.of(
                ": newest served is %s; index confirmed %s"
                    .formatted(
                        report.text("newest_served").orElse("none"),
                        Timestamps.distant(report.words("checked_at"), session().now()))));
    int shown = all ? versions.size() : Math.min(NEWEST, versions.size());
    table(versions.subList(0, shown));
    if (shown < versions.size()) {
      terminal().line("%d older versions; --all shows them".formatted(versions.size() - shown));
    }
    for (JsonObject line : report.objects("left_out")) {
      terminal()
          .line(
              Cell.of(TextStyle.BAD, "left out: "),
              Cell.of(
                  "line %d, %s: %s"
                      .formatted(
                          line.number("line"), line.words("reason"), line.words("excerpt"))));
    }
  }

  private void table(List<JsonObject> versions) {
    TextTable table = new TextTable("VERSION", "VERDICT", "STORED", "YANKED", "WHY");
    for (JsonObject line : versions) {
      JsonObject verdict = line.object("verdict");
      table.row(
          Cell.of(line.words("version")),
          VerdictText.kind(verdict, line.flag("served")),
          Cell.of(line.flag("held") ? "yes" : "-"),
          Cell.of(line.flag("yanked") ? "yes" : "-"),
          Cell.of(VerdictText.why(verdict, session().now())));
    }
    terminal().table(table);
  }
}

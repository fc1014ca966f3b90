package lazaret.cli.review;

import java.util.List;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.DeskQueries;
import lazaret.cli.desk.VersionArguments;
import lazaret.cli.lockfile.FeedWarnings;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import lazaret.cli.report.VerdictText;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.DeskJson;
import lazaret.vetting.deskapi.crates.CrateReply;
import lazaret.vetting.deskapi.crates.CrateVersionInfo;
import lazaret.vetting.deskapi.crates.OmittedLineInfo;
import lazaret.vetting.deskapi.crates.VersionReply;
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
    if (version == null) {
      show(spec);
    } else {
      show(spec.name(), version);
    }
    return ExitCode.DONE;
  }

  private void show(CrateName name, CrateVersion version) {
    VersionReply report = DeskQueries.version(desk(), name, version, "show");
    if (session().json()) {
      terminal().json(DeskJson.encode(report));
    } else {
      new VersionText(terminal(), session().now()).print(report);
    }
  }

  private void show(CrateSpec spec) {
    CrateReply report = DeskQueries.crate(desk(), spec.name(), "show");
    List<CrateVersionInfo> versions =
        report.versions().stream()
            .filter(line -> spec.matches(line.version()))
            .sorted(VersionArguments.newestFirst())
            .toList();
    if (session().json()) {
      terminal()
          .json(
              DeskJson.encode(
                  new CrateReply(
                      report.name(),
                      report.newestServed(),
                      report.checkedAt(),
                      report.fetchedAt(),
                      versions,
                      report.omitted(),
                      report.feedWarnings())));
      return;
    }
    FeedWarnings.note(terminal(), report.feedWarnings());
    terminal()
        .line(
            Cell.of(TextStyle.STRONG, report.name()),
            Cell.of(
                ": newest served is %s; index confirmed %s"
                    .formatted(
                        report.newestServed() == null ? "none" : report.newestServed(),
                        Timestamps.distant(report.checkedAt(), session().now()))));
    int shown = all ? versions.size() : Math.min(NEWEST, versions.size());
    table(versions.subList(0, shown));
    if (shown < versions.size()) {
      terminal().line("%d older versions; --all shows them".formatted(versions.size() - shown));
    }
    for (OmittedLineInfo line : report.omitted()) {
      terminal()
          .line(
              Cell.of(TextStyle.BAD, "left out: "),
              Cell.of("line %d, %s: %s".formatted(line.line(), line.reason(), line.excerpt())));
    }
  }

  private void table(List<CrateVersionInfo> versions) {
    TextTable table = new TextTable("VERSION", "VERDICT", "STORED", "YANKED", "WHY");
    for (CrateVersionInfo line : versions) {
      table.row(
          Cell.of(line.version()),
          VerdictText.kind(line.verdict(), line.served()),
          Cell.of(line.stored() ? "yes" : "-"),
          Cell.of(line.yanked() ? "yes" : "-"),
          Cell.of(VerdictText.why(line.verdict(), session().now())));
    }
    terminal().table(table);
  }
}

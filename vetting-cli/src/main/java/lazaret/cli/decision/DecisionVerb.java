package lazaret.cli.decision;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.lockfile.DecidedVersions;
import lazaret.cli.lockfile.FeedWarnings;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import lazaret.cli.report.VerdictText;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A verb that records decisions. It selects versions, lists them, asks for confirmation, and
/// records the decisions.
abstract class DecisionVerb extends Verb {
  private static final int CKSUM_SHOWN = 12;

  @Parameters(
      paramLabel = "NAME@VERSION|NAME@REQ",
      arity = "0..*",
      description = {
        "A version (serde@1.0.219), or a requirement that selects all matching versions"
            + " ('serde@^1.0.200', 'serde@*')."
      })
  List<String> words = new ArrayList<>();

  @Option(
      names = "--lockfile",
      paramLabel = "FILE",
      description = "All packages of this Cargo.lock that come from the registry.")
  @Nullable Path lockfile;

  @Option(
      names = "--only-withheld",
      description = "Only the packages of the lockfile that are withheld now.")
  boolean onlyWithheld;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Reason in your own words; kept permanently.")
  String reason = "";

  @Option(
      names = "--evidence",
      paramLabel = "TEXT",
      description =
          "Link, ticket or report that supports the decision. May be given several times.")
  List<String> evidence = new ArrayList<>();

  @Option(names = "--dry-run", description = "List what would be decided, and record nothing.")
  boolean dryRun;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask before deciding on several versions.")
  boolean yes;

  DecisionVerb(CliSession session) {
    super(session);
  }

  /// Returns `approve`, `exempt`, `deny` or `revoke`.
  abstract String kind();

  /// Returns the participle of [#kind].
  abstract String past();

  /// Adds the fields of this kind of decision to an order.
  void complete(JsonObject.Builder order) {}

  /// Asks a person to confirm a decision on a single version.
  ///
  /// @return whether the person confirmed it
  boolean audited(JsonObject.Builder order, SelectedVersion chosen) {
    return true;
  }

  /// Returns the versions that are missing in the command line.
  @Override
  public final List<String> lacking() {
    List<String> lacking = new ArrayList<>();
    if (words.isEmpty() && lockfile == null) {
      lacking.add("NAME@VERSION (or --lockfile FILE)");
    }
    for (String word : words) {
      if (CrateName.isValid(word)) {
        lacking.add(
            "the version of '%s' (%s@1.2.3, '%s@^1.2', '%s@*')".formatted(word, word, word, word));
      }
    }
    return lacking;
  }

  @Override
  public final ExitCode run() {
    List<String> missing = new ArrayList<>(lacking());
    if (reason.isBlank()) {
      missing.add("--reason TEXT (it is empty)");
    }
    if (!missing.isEmpty()) {
      throw usage(missing(missing));
    }
    JsonObject.Builder order = JsonObject.builder().put("kind", kind()).put("reason", reason);
    complete(order);
    VersionSelection choosing = new VersionSelection(session(), kind());
    words.forEach(choosing::add);
    if (lockfile != null) {
      choosing.addLockfile(lockfile, onlyWithheld);
    }
    List<SelectedVersion> chosen = choosing.all();
    if (choosing.bulk()) {
      order.put("bulk", true);
    }
    // A script without a terminal gets only the state after the decision.
    if (!session().json() && (dryRun || terminal().looks().asks())) {
      list(chosen, dryRun ? "NOW" : "BEFORE");
    }
    if (dryRun || chosen.isEmpty()) {
      return nothingDone(chosen);
    }
    if (!agreed(order, chosen, choosing.widened())) {
      terminal().note("nothing was recorded");
      return ExitCode.USAGE;
    }
    return record(order, chosen);
  }

  private void list(List<SelectedVersion> chosen, String state) {
    TextTable table = new TextTable("CRATE", "VERSION", "SHA-256", state);
    for (SelectedVersion one : chosen) {
      table.row(
          Cell.of(TextStyle.STRONG, one.name()),
          Cell.of(one.version()),
          Cell.of(
              TextStyle.FAINT,
              one.cksum().substring(0, Math.min(CKSUM_SHOWN, one.cksum().length()))),
          Cell.of(one.now()));
    }
    terminal().table(table);
  }

  private ExitCode nothingDone(List<SelectedVersion> chosen) {
    if (session().json()) {
      terminal()
          .json(
              JsonObject.builder()
                  .put("dry_run", dryRun)
                  .list("versions", chosen, SelectedVersion::document)
                  .list("recorded", List.<JsonObject>of(), d -> d)
                  .list("unchanged", List.<JsonObject>of(), d -> d)
                  .build());
    } else if (chosen.isEmpty()) {
      terminal().line("nothing to " + kind());
    } else {
      terminal().line("%d would be %s; nothing was recorded".formatted(chosen.size(), past()));
    }
    return ExitCode.DONE;
  }

  /// Returns whether the decision may be recorded. A lockfile names each version exactly, so a
  /// script needs no confirmation. A requirement may match more versions than its author expects.
  private boolean agreed(JsonObject.Builder order, List<SelectedVersion> chosen, boolean widened) {
    if (yes) {
      return true;
    }
    if (chosen.size() == 1 && lockfile == null) {
      return !terminal().looks().asks() || audited(order, chosen.getFirst());
    }
    if (!widened && lockfile == null) {
      return true;
    }
    if (terminal().looks().asks()) {
      return terminal().confirms("%s these %d versions?".formatted(kind(), chosen.size()));
    }
    if (widened) {
      throw usage(
          "the requirement selects %d versions, and there is no terminal to confirm them; list them with --dry-run, then add --yes"
              .formatted(chosen.size()));
    }
    return true;
  }

  private ExitCode record(JsonObject.Builder order, List<SelectedVersion> chosen) {
    order.list("versions", chosen, SelectedVersion::wanted).texts("evidence", evidence);
    if (lockfile != null) {
      order.put("lockfile_name", lockfile.toString());
    }
    JsonObject report =
        desk()
            .ask(
                "cannot " + kind(),
                DeskQuestion.post("/decisions", order.build())
                    .patient(DeskQuestion.PATIENCE.multipliedBy(10)));
    List<JsonObject> recorded = report.objects("recorded");
    List<JsonObject> unchanged = report.objects("unchanged");
    if (session().json()) {
      terminal()
          .json(
              report.toBuilder()
                  .put("dry_run", false)
                  .list("versions", chosen, SelectedVersion::document)
                  .build());
    } else {
      DecidedVersions decided = new DecidedVersions(report);
      list(
          chosen.stream()
              .map(
                  c ->
                      new SelectedVersion(
                          c.name(),
                          c.version(),
                          c.cksum(),
                          decided.state(c.name(), c.version(), c.now())))
              .toList(),
          "NOW");
      terminal()
          .line(
              Cell.of(TextStyle.GOOD, "%d %s".formatted(recorded.size(), past())),
              Cell.of(
                  recorded.stream()
                      .findFirst()
                      .flatMap(one -> one.text("expires"))
                      .map(at -> " until " + Timestamps.distant(at, session().now()))
                      .orElse("")),
              Cell.of(unchanged.isEmpty() ? "" : ", %d unchanged".formatted(unchanged.size())));
      report.objects("withheld").forEach(this::withheld);
      FeedWarnings.print(terminal(), report);
    }
    return report.objects("withheld").isEmpty() ? ExitCode.DONE : ExitCode.STILL_WITHHELD;
  }

  private void withheld(JsonObject one) {
    String spec = one.words("name") + "@" + one.words("version");
    terminal()
        .line(
            Cell.of(TextStyle.STRONG, spec),
            Cell.of(" is still "),
            Cell.of(TextStyle.BAD, "withheld"));
    one.object("verdict")
        .objects("reasons")
        .forEach(r -> terminal().line("  because " + VerdictText.reason(r)));
  }

  final CliException usage(String what) {
    return new CliException(ErrorCode.MALFORMED_INPUT, "cannot " + kind() + ": " + what);
  }
}

package lazaret.cli.lockfile;

import java.nio.file.Path;
import java.util.List;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.VerdictText;
import lazaret.vetting.ErrorCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `closure`, which checks that everything a version requires is served.
@Command(
    name = "closure",
    header = "Check that everything a version requires is served",
    description = {
      "",
      "A version that is served must meet each requirement (to build or to run). Unmet requirements"
          + " are listed with the versions that match and why each is withheld. Optional"
          + " requirements that only a feature enables do not count; --optional lists them.",
      "",
      "With --approve, the newest matching versions that are missing are approved, with their own"
          + " requirements. With --prune, the versions that do not resolve are denied, with the"
          + " versions that require them."
    },
    footer = {
      "Examples:",
      "  vetting-cli closure tokio",
      "  vetting-cli closure tokio@1.48.0 --approve --reason 'read the diff'",
      "  vetting-cli closure --lockfile Cargo.lock",
      "  vetting-cli closure --all --json | jq -r '.unmet[].requires'"
    },
    exitCodeList = {
      "0:all requirements met, or repaired as requested",
      "1:a requirement is not met, or a requested version is withheld",
      "2:not exactly one of NAME, --lockfile and --all, or no reason",
      "3:gate unavailable, or the result is incomplete",
      "5:no such crate or version",
      "8:approved, but a version is still withheld"
    })
public final class ClosureVerb extends Verb {
  private static final int MATCHES_SHOWN = 3;

  @Parameters(
      paramLabel = "NAME[@VERSION]",
      arity = "0..1",
      description = "Version to check with its requirements. Default: the newest served version.")
  @Nullable String word;

  @Option(
      names = "--lockfile",
      paramLabel = "FILE",
      description = "All packages of this Cargo.lock that come from the registry.")
  @Nullable Path lockfile;

  @Option(names = "--all", description = "All served versions whose bytes are stored.")
  boolean all;

  @Option(
      names = "--optional",
      description = "Also list the optional requirements that are not met.")
  boolean optional;

  @Option(names = "--approve", description = "Approve the missing versions.")
  boolean approve;

  @Option(names = "--prune", description = "Deny the versions that do not resolve.")
  boolean prune;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Reason in your own words; required by --approve and --prune.")
  @Nullable String reason;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask before deciding.")
  boolean yes;

  public ClosureVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
    if (approve && prune) {
      throw usage("--approve and --prune exclude each other");
    }
    if ((approve || prune) && (reason == null || reason.isBlank())) {
      throw usage("missing --reason TEXT");
    }
    JsonObject report =
        desk()
            .ask(
                "cannot check the closure" + (lockfile == null ? "" : " of " + lockfile),
                DeskQuestion.post("/closure", query())
                    .patient(DeskQuestion.PATIENCE.multipliedBy(10)));
    List<JsonObject> chosen =
        approve ? report.objects("approve") : prune ? report.objects("prune") : List.of();
    if (!session().json()) {
      print(report);
      FeedWarnings.print(terminal(), report);
    }
    boolean decided = !chosen.isEmpty() && agreed(chosen);
    boolean served = !decided || decide(chosen);
    if (session().json()) {
      terminal().json(report.toBuilder().put("decided", decided).build());
    }
    return served ? exitCode(report, decided) : ExitCode.STILL_WITHHELD;
  }

  private JsonObject query() {
    int named = (word == null ? 0 : 1) + (lockfile == null ? 0 : 1) + (all ? 1 : 0);
    if (named != 1) {
      throw usage("expected one of a crate, --lockfile FILE and --all");
    }
    JsonObject.Builder question = JsonObject.builder();
    if (lockfile != null) {
      Path file = lockfile;
      question
          .put("lockfile", CheckedLockfile.text(session(), file))
          .put("lockfile_name", CheckedLockfile.name(session(), file));
    } else if (word != null) {
      question.put("spec", word);
    } else {
      question.put("everything", true);
    }
    return question.build();
  }

  private ExitCode exitCode(JsonObject report, boolean decided) {
    if (!report.flag("complete")) {
      return ExitCode.UNAVAILABLE;
    }
    boolean curable =
        report.objects("unmet").stream()
            .noneMatch(u -> !u.flag("optional") && !u.words("cause").equals("withheld"));
    boolean cured = decided && (prune || curable);
    return report.flag("holds") || cured ? ExitCode.DONE : ExitCode.REFUSED;
  }

  private void print(JsonObject report) {
    for (JsonObject version : report.objects("withheld")) {
      terminal()
          .line(
              Cell.of(TextStyle.STRONG, spec(version)),
              Cell.of(" is withheld itself: "),
              Cell.of(why(version)));
    }
    TextTable table = new TextTable("VERSION", "REQUIRES", "", "WHY NOT");
    for (JsonObject unmet : report.objects("unmet")) {
      if (unmet.flag("optional") && !optional) {
        continue;
      }
      table.row(
          Cell.of(TextStyle.STRONG, spec(unmet)),
          Cell.of(unmet.words("requires") + " " + unmet.words("req")),
          Cell.of(TextStyle.FAINT, symbols(unmet)),
          Cell.of(whyNot(unmet)));
    }
    terminal().table(table);
    terminal()
        .line(
            "%d versions, %d requirements: %s"
                .formatted(
                    report.number("versions"), report.number("requirements"), summary(report)));
    if (!approve && !prune) {
      advise(report, "approve", "--approve");
      advise(report, "prune", "--prune");
    }
  }

  private void advise(JsonObject report, String what, String option) {
    List<JsonObject> plan = report.objects(what);
    if (!plan.isEmpty()) {
      String some = String.join(", ", plan.stream().limit(5).map(ClosureVerb::spec).toList());
      String more = plan.size() > 5 ? " and " + (plan.size() - 5) + " more" : "";
      terminal().line("%s would decide on %s%s".formatted(option, some, more));
    }
  }

  private static String summary(JsonObject report) {
    long left = report.objects("unmet").stream().filter(u -> u.flag("optional")).count();
    long required = report.objects("unmet").size() - left;
    String met = required == 0 ? "all met" : required + " not met";
    String of = left == 0 ? "" : ", %d optional not met (not counted)".formatted(left);
    return met
        + of
        + (report.flag("complete") ? "" : "; incomplete: some crates could not be looked up");
  }

  private static String symbols(JsonObject unmet) {
    String kind = unmet.words("kind").equals("build") ? "build" : "";
    return unmet.flag("optional") ? (kind + " optional").strip() : kind;
  }

  private String whyNot(JsonObject unmet) {
    return switch (unmet.words("cause")) {
      case "no-match" -> "no version matches";
      case "no-crate" -> "there is no such crate";
      case "not-looked-up" -> "not stored, and upstream was not asked or unavailable";
      default ->
          String.join(
              "; ",
              unmet.objects("matches").stream()
                  .limit(MATCHES_SHOWN)
                  .map(m -> m.words("version") + " " + why(m))
                  .toList());
    };
  }

  private String why(JsonObject match) {
    return match.flag("yanked")
        ? "is yanked"
        : VerdictText.why(match.object("verdict"), session().now());
  }

  private static String spec(JsonObject id) {
    return id.words("name") + "@" + id.words("version");
  }

  private boolean agreed(List<JsonObject> chosen) {
    String verb = approve ? "approve" : "deny";
    if (!session().json()) {
      chosen.forEach(id -> terminal().line("%s %s".formatted(verb, spec(id))));
    }
    if (yes || !terminal().looks().asks()) {
      if (!yes && chosen.size() > 1) {
        throw usage(
            "%d versions would be decided on, and there is no terminal to confirm them; list them without --%s, then add --yes"
                .formatted(chosen.size(), approve ? "approve" : "prune"));
      }
      return true;
    }
    return terminal().confirms("%s these %d versions?".formatted(verb, chosen.size()));
  }

  /// Records the decisions.
  ///
  /// @return false if a version is still withheld after its approval
  private boolean decide(List<JsonObject> chosen) {
    JsonObject order =
        JsonObject.builder()
            .put("kind", approve ? "approve" : "deny")
            .put("bulk", true)
            .put("reason", reason)
            .list("versions", chosen, id -> id)
            .build();
    JsonObject decided =
        desk()
            .ask(
                "cannot decide on the closure",
                DeskQuestion.post("/decisions", order)
                    .patient(DeskQuestion.PATIENCE.multipliedBy(10)));
    if (!session().json()) {
      terminal()
          .line(
              Cell.of(
                  TextStyle.GOOD,
                  "%d %s"
                      .formatted(
                          decided.objects("recorded").size(), approve ? "approved" : "denied")));
    }
    return decided.objects("withheld").isEmpty();
  }

  private static CliException usage(String what) {
    return new CliException(ErrorCode.MALFORMED_INPUT, "cannot check the closure: " + what);
  }
}

package lazaret.cli.lockfile;

import java.nio.file.Path;
import java.util.List;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.VerdictText;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.deskapi.DecisionOperations;
import lazaret.vetting.deskapi.LockfileOperations;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.decisions.DecideReply;
import lazaret.vetting.deskapi.decisions.DecideRequest;
import lazaret.vetting.deskapi.lockfiles.ClosureReply;
import lazaret.vetting.deskapi.lockfiles.ClosureRequest;
import lazaret.vetting.deskapi.lockfiles.RequiredVersionInfo;
import lazaret.vetting.deskapi.lockfiles.UnmetRequirementInfo;
import lazaret.vetting.deskapi.review.ReviewDependencyInfo;
import lazaret.vetting.json.Inline;
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
    ClosureReply report =
        desk()
            .call(
                LockfileOperations.CLOSURE,
                query(),
                "cannot check the closure" + (lockfile == null ? "" : " of " + lockfile));
    List<CrateId> chosen = approve ? report.approve() : prune ? report.prune() : List.of();
    if (!session().json()) {
      print(report);
      FeedWarnings.note(terminal(), report.feedWarnings());
    }
    boolean decided = !chosen.isEmpty() && agreed(chosen);
    boolean served = !decided || decide(chosen);
    if (session().json()) {
      terminal().json(new Report(report, decided));
    }
    return served ? exitCode(report, decided) : ExitCode.STILL_WITHHELD;
  }

  /// The JSON of a closure.
  ///
  /// @param closure the reply of the gate
  /// @param decided whether decisions were recorded
  private record Report(@Inline ClosureReply closure, boolean decided) {}

  private ClosureRequest query() {
    int named = (word == null ? 0 : 1) + (lockfile == null ? 0 : 1) + (all ? 1 : 0);
    if (named != 1) {
      throw usage("expected one of a crate, --lockfile FILE and --all");
    }
    if (lockfile != null) {
      Path file = lockfile;
      return new ClosureRequest(
          null,
          CheckedLockfile.text(session(), file),
          false,
          CheckedLockfile.name(session(), file));
    }
    return new ClosureRequest(word == null ? null : CrateSpec.parse(word), null, all, null);
  }

  private ExitCode exitCode(ClosureReply report, boolean decided) {
    if (!report.complete()) {
      return ExitCode.UNAVAILABLE;
    }
    boolean curable =
        report.unmet().stream()
            .noneMatch(u -> !u.optional() && u.cause() != UnmetRequirementInfo.Cause.WITHHELD);
    boolean cured = decided && (prune || curable);
    return report.holds() || cured ? ExitCode.DONE : ExitCode.REFUSED;
  }

  private void print(ClosureReply report) {
    for (RequiredVersionInfo version : report.withheld()) {
      terminal()
          .line(
              Cell.of(TextStyle.STRONG, version.name() + "@" + version.version()),
              Cell.of(" is withheld itself: "),
              Cell.of(why(version)));
    }
    TextTable table = new TextTable("VERSION", "REQUIRES", "", "WHY NOT");
    for (UnmetRequirementInfo unmet : report.unmet()) {
      if (unmet.optional() && !optional) {
        continue;
      }
      table.row(
          Cell.of(TextStyle.STRONG, unmet.name() + "@" + unmet.version()),
          Cell.of(unmet.requires() + " " + unmet.req()),
          Cell.of(TextStyle.FAINT, symbols(unmet)),
          Cell.of(whyNot(unmet)));
    }
    terminal().table(table);
    terminal()
        .line(
            "%d versions, %d requirements: %s"
                .formatted(report.versions(), report.requirements(), summary(report)));
    if (!approve && !prune) {
      advise(report.approve(), "--approve");
      advise(report.prune(), "--prune");
    }
  }

  private void advise(List<CrateId> plan, String option) {
    if (!plan.isEmpty()) {
      String some = String.join(", ", plan.stream().limit(5).map(ClosureVerb::spec).toList());
      String more = plan.size() > 5 ? " and " + (plan.size() - 5) + " more" : "";
      terminal().line("%s would decide on %s%s".formatted(option, some, more));
    }
  }

  private static String summary(ClosureReply report) {
    long left = report.unmet().stream().filter(UnmetRequirementInfo::optional).count();
    long required = report.unmet().size() - left;
    String met = required == 0 ? "all met" : required + " not met";
    String of = left == 0 ? "" : ", %d optional not met (not counted)".formatted(left);
    return met + of + (report.complete() ? "" : "; incomplete: some crates could not be looked up");
  }

  private static String symbols(UnmetRequirementInfo unmet) {
    String kind = unmet.kind() == ReviewDependencyInfo.Kind.BUILD ? "build" : "";
    return unmet.optional() ? (kind + " optional").strip() : kind;
  }

  private String whyNot(UnmetRequirementInfo unmet) {
    return switch (unmet.cause()) {
      case NO_MATCH -> "no version matches";
      case NO_CRATE -> "there is no such crate";
      case NOT_LOOKED_UP -> "not stored, and upstream was not asked or unavailable";
      case WITHHELD ->
          String.join(
              "; ",
              unmet.matches().stream()
                  .limit(MATCHES_SHOWN)
                  .map(m -> m.version() + " " + why(m))
                  .toList());
    };
  }

  private String why(RequiredVersionInfo match) {
    return match.yanked() ? "is yanked" : VerdictText.why(match.verdict(), session().now());
  }

  private static String spec(CrateId id) {
    return id.name() + "@" + id.version();
  }

  private boolean agreed(List<CrateId> chosen) {
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
  private boolean decide(List<CrateId> chosen) {
    DecideReply decided =
        desk().call(DecisionOperations.DECIDE, order(chosen), "cannot decide on the closure");
    if (!session().json()) {
      terminal()
          .line(
              Cell.of(
                  TextStyle.GOOD,
                  "%d %s".formatted(decided.recorded().size(), approve ? "approved" : "denied")));
    }
    return decided.withheld().isEmpty();
  }

  private DecideRequest order(List<CrateId> chosen) {
    return new DecideRequest(
        approve ? DecisionInfo.Kind.APPROVE : DecisionInfo.Kind.DENY,
        List.of(),
        chosen,
        null,
        null,
        null,
        false,
        true,
        reason == null ? "" : reason,
        null,
        List.of(),
        null,
        List.of(),
        List.of(),
        null);
  }

  private static CliException usage(String what) {
    return new CliException(ErrorCode.MALFORMED_INPUT, "cannot check the closure: " + what);
  }
}

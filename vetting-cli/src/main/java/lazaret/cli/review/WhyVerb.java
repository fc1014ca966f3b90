package lazaret.cli.review;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.DeskClient;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.desk.VersionArguments;
import lazaret.cli.lockfile.FeedWarnings;
import lazaret.cli.lockfile.MalwareAdvice;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.Timestamps;
import lazaret.cli.report.VerdictText;
import lazaret.vetting.ErrorCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `why`, which explains why a version is served or withheld.
@Command(
    name = "why",
    header = "Explain why a version is or is not served",
    description = {
      "",
      "With --at, the verdict at a past moment is explained, as it was recorded then. A version that"
          + " is served by its age alone has no record."
    },
    footer = {
      "Examples:",
      "  vetting-cli why serde@1.0.219",
      "  vetting-cli why serde@1.0.219 --json | jq -r .verdict.kind",
      "  vetting-cli why serde@1.0.219 --at 2026-11-20T09:30:00Z"
    },
    exitCodeList = {
      "0:served by its verdict, even if its bytes are not stored",
      "1:withheld",
      "2:no exact version, or a moment that is not in the past",
      "3:gate or upstream unavailable",
      "5:no such crate or version, or no recorded verdict of that moment"
    })
public final class WhyVerb extends Verb {
  @Parameters(paramLabel = "NAME@VERSION", description = "One exact version.")
  String word = "";

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description =
          "Moment (2026-11-20T09:30:00Z), end of a day in UTC (2026-11-20), or span before now (3d,"
              + " 12h).")
  @Nullable String at;

  public WhyVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
    VersionArguments.Exact exact = VersionArguments.exact(word);
    if (at != null) {
      return past(exact, at);
    }
    JsonObject report;
    try {
      report = report(exact);
    } catch (CliException e) {
      return unlisted(exact, e);
    }
    if (session().json()) {
      terminal().json(report);
    } else {
      print(report);
    }
    return report.flag("served") ? ExitCode.DONE : ExitCode.REFUSED;
  }

  /// Prints the refusal of a version that the index does not list.
  ///
  /// @throws CliException the failure itself if it contains no verdict
  private ExitCode unlisted(VersionArguments.Exact exact, CliException failure) {
    JsonObject verdict = failure.problems().getFirst().verdict();
    if (verdict == null) {
      throw failure;
    }
    String spec = exact.name() + "@" + exact.version();
    if (session().json()) {
      terminal()
          .json(
              JsonObject.builder()
                  .put("name", exact.name().published())
                  .put("version", exact.version().text())
                  .put("listed", false)
                  .put("served", false)
                  .put("verdict", verdict)
                  .build());
      return ExitCode.REFUSED;
    }
    terminal()
        .line(
            Cell.of(TextStyle.STRONG, spec),
            Cell.of(" is "),
            Cell.of(TextStyle.BAD, "not in the index"),
            Cell.of(", and would be refused"));
    List<JsonObject> reasons = verdict.objects("reasons");
    reasons.forEach(r -> terminal().line("  because " + VerdictText.reason(r)));
    terminal()
        .line(
            MalwareAdvice.among(reasons)
                ? "  do      "
                    + MalwareAdvice.advice(exact.name().published(), exact.version().text())
                : "  see     vetting-cli show " + exact.name());
    return ExitCode.REFUSED;
  }

  /// Returns the report of a version. If the gate requires a token for it, returns the refusal,
  /// which the gate shows without one.
  private JsonObject report(VersionArguments.Exact exact) {
    String tried = "cannot explain %s@%s".formatted(exact.name(), exact.version());
    DeskClient.Outcome outcome =
        desk().offer(DeskQuestion.get(DeskQuestion.path("crates", exact.name(), exact.version())));
    boolean locked =
        outcome instanceof DeskClient.Outcome.Failed failed
            && failed.gravest().code() == ErrorCode.UNAUTHENTICATED;
    return locked
        ? desk()
            .ask(
                tried,
                DeskQuestion.get(DeskQuestion.path("refusals", exact.name(), exact.version())))
        : outcome.orThrow(tried);
  }

  private ExitCode past(VersionArguments.Exact exact, String text) {
    Instant moment;
    try {
      moment = Timestamps.past(text, session().now());
    } catch (IllegalArgumentException e) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot explain %s: --at is '%s', %s".formatted(word, text, e.getMessage()),
          e);
    }
    JsonObject past =
        desk()
            .ask(
                "cannot explain %s at %s".formatted(word, moment),
                DeskQuestion.get(
                    DeskQuestion.path("crates", exact.name(), exact.version())
                        + "?at="
                        + DeskQuestion.path(moment).substring(1)));
    if (session().json()) {
      terminal().json(past);
    } else {
      new PastVerdictText(terminal(), session().now()).print(past);
    }
    boolean known = past.has("verdict") || past.flag("served");
    if (!known) {
      return ExitCode.UNKNOWN;
    }
    return past.flag("served") ? ExitCode.DONE : ExitCode.REFUSED;
  }

  private void print(JsonObject report) {
    boolean served = report.flag("served");
    JsonObject verdict = report.object("verdict");
    String spec = report.words("name") + "@" + report.words("version");
    headline(spec, report);
    FeedWarnings.without(verdict.objects("reasons"))
        .forEach(r -> terminal().line("  because " + VerdictText.reason(r)));
    verdict
        .text("until")
        .ifPresent(
            until -> terminal().line("  until   " + Timestamps.until(until, session().now())));
    bytes(spec, report);
    JsonObject delta = report.object("delta");
    String gained = delta.has("base") ? VersionText.gained(delta) : "";
    if (!gained.isEmpty()) {
      terminal().line("  gained  " + gained + ", compared with " + delta.words("base"));
    }
    if (!delta.has("base")) {
      VersionText.abilities(report.object("findings"))
          .forEach(able -> terminal().line("  can do  " + able));
    }
    if (!served) {
      if (MalwareAdvice.among(verdict.objects("reasons"))) {
        terminal()
            .line(
                "  do      " + MalwareAdvice.advice(report.words("name"), report.words("version")));
      }
      String use = "  use     " + use(spec, report);
      terminal().line(use);
      if (report.flag("by_bundle")) {
        byBundle(spec, report.number("snapshot"));
      } else {
        terminal().line("  ask     vetting-cli request %s --reason TEXT".formatted(spec));
        terminal().line("  or      " + letThrough(spec, verdict.objects("reasons")));
      }
    }
    new DetonationText(terminal()).print(report.object("detonation"), false);
    FeedWarnings.print(terminal(), report);
  }

  /// Returns the step to another version. An exact cargo command is named only if cargo accepts it
  /// for any lockfile. Dependents accept a later compatible version, but possibly not an earlier
  /// one.
  private static String use(String spec, JsonObject report) {
    String instead = report.text("instead").orElse("");
    if (instead.isEmpty()) {
      return "no version of it is served";
    }
    if (!report.flag("compatible")) {
      return "no compatible version passes (%s is not): run vetting-cli verify".formatted(instead);
    }
    return report.flag("movable")
        ? "cargo update, or cargo update -p %s --precise %s".formatted(spec, instead)
        : "cargo update, which takes %s or another version that passes".formatted(instead);
  }

  private void headline(String spec, JsonObject report) {
    Cell name = Cell.of(TextStyle.STRONG, spec);
    String kind = " (" + report.object("verdict").words("kind") + ")";
    boolean served = report.flag("served");
    if (served && (report.has("fetch_failed") || report.flag("by_bundle"))) {
      String would = " would be served" + kind + ", but its bytes are ";
      terminal().line(name, Cell.of(would), Cell.of(TextStyle.BAD, "not stored"));
    } else {
      Cell word = served ? Cell.of(TextStyle.GOOD, "served") : Cell.of(TextStyle.BAD, "withheld");
      terminal().line(name, Cell.of(" is "), word, Cell.of(kind));
    }
  }

  /// Prints whether the artifact is available. An allowed version may still be missing, because
  /// upstream may list a version without serving its artifact.
  private void bytes(String spec, JsonObject report) {
    JsonObject failed = report.object("fetch_failed");
    if (report.has("fetch_failed")) {
      terminal().line("  bytes   " + VersionText.failed(failed, session().now()));
      terminal().line("          retry: vetting-cli prefetch " + spec);
    } else if (report.flag("served") && report.flag("by_bundle")) {
      byBundle(spec, report.number("snapshot"));
    } else if (report.flag("served") && report.has("held") && !report.flag("held")) {
      terminal().line("  bytes   not stored yet: fetched from upstream on the first request");
    }
  }

  /// Prints how a bundle can bring the artifact. No decision here makes it available.
  private void byBundle(String spec, long snapshot) {
    terminal()
        .line(
            "  or      import a bundle with its bytes: snapshot %d has none, and a decision here cannot add them"
                .formatted(snapshot));
    terminal().line("          outside, where the gate has an upstream:");
    terminal().line("          vetting-cli approve %s --reason TEXT".formatted(spec));
    terminal()
        .line(
            "          vetting-cli bundle export FOLDER --keys KEYS --crate %s (or --from-lockfile Cargo.lock)"
                .formatted(spec));
  }

  /// Returns the command that approves the version. A hostile archive cannot be approved, and
  /// malware requires two persons.
  private static String letThrough(String spec, List<JsonObject> reasons) {
    Set<String> codes = reasons.stream().map(r -> r.words("code")).collect(Collectors.toSet());
    if (codes.contains("archive-not-conformant")) {
      return "nothing: a hostile archive is refused in every mode";
    }
    boolean malware = codes.contains("malware") || codes.contains("malware-signal");
    return "vetting-cli approve %s%s --reason TEXT%s"
        .formatted(
            spec,
            malware ? " --waive ID" : "",
            codes.contains("second-person-needed")
                ? ", by a second person"
                : malware ? ", by two persons" : "");
  }
}

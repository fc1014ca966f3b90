package lazaret.cli.review;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lazaret.cli.lockfile.FeedWarnings;
import lazaret.cli.lockfile.MalwareAdvice;
import lazaret.cli.report.Cell;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.Timestamps;
import lazaret.cli.report.VerdictText;
import lazaret.vetting.deskapi.crates.FetchFailureInfo;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.crates.ReleaseDeltaInfo;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.deskapi.requests.RefusalReply;
import lazaret.vetting.text.KebabCase;

/// The text of the reasons for which a version is or is not served, with the next steps.
final class WhyText {
  private final Terminal terminal;
  private final Instant now;

  WhyText(Terminal terminal, Instant now) {
    this.terminal = terminal;
    this.now = now;
  }

  /// Prints the explanation of a version.
  void print(VersionReply report) {
    Explanation explanation = Explanation.of(report);
    FetchFailureInfo failed = report.fetchFailed();
    headline(explanation, failed != null || report.onlyByBundle());
    verdict(explanation.verdict());
    bytes(explanation, report);
    ReleaseDeltaInfo delta = report.delta();
    if (delta == null) {
      VersionText.abilities(report.findings()).forEach(able -> terminal.line("  can do  " + able));
    } else if (!VersionText.gained(delta).isEmpty()) {
      terminal.line("  gained  " + VersionText.gained(delta) + ", compared with " + delta.base());
    }
    steps(explanation);
    if (report.detonation() != null) {
      new DetonationText(terminal).print(report.detonation(), false);
    }
    FeedWarnings.note(terminal, report.feedWarnings());
  }

  /// Prints the explanation of a refusal, which the gate shows without a token.
  void print(RefusalReply refusal) {
    Explanation explanation = Explanation.of(refusal);
    headline(explanation, refusal.onlyByBundle());
    verdict(explanation.verdict());
    if (refusal.served() && refusal.onlyByBundle()) {
      byBundle(explanation);
    }
    steps(explanation);
  }

  /// Prints the refusal of a version that the index does not list.
  void print(UnlistedVersionText unlisted) {
    terminal.line(
        Cell.of(TextStyle.STRONG, unlisted.spec()),
        Cell.of(" is "),
        Cell.of(TextStyle.BAD, "not in the index"),
        Cell.of(", and would be refused"));
    List<ReasonInfo> reasons = unlisted.verdict().reasons();
    reasons.forEach(r -> terminal.line("  because " + VerdictText.reason(r)));
    terminal.line(
        MalwareAdvice.isMalware(reasons)
            ? "  do      "
                + MalwareAdvice.advice(unlisted.name().published(), unlisted.version().text())
            : "  see     vetting-cli show " + unlisted.name());
  }

  private void headline(Explanation explanation, boolean missing) {
    Cell name = Cell.of(TextStyle.STRONG, explanation.spec());
    String kind = " (" + KebabCase.of(explanation.verdict().kind()) + ")";
    boolean served = explanation.served();
    if (served && missing) {
      String would = " would be served" + kind + ", but its bytes are ";
      terminal.line(name, Cell.of(would), Cell.of(TextStyle.BAD, "not stored"));
    } else {
      Cell word = served ? Cell.of(TextStyle.GOOD, "served") : Cell.of(TextStyle.BAD, "withheld");
      terminal.line(name, Cell.of(" is "), word, Cell.of(kind));
    }
  }

  private void verdict(VerdictInfo verdict) {
    FeedWarnings.deciding(verdict.reasons())
        .forEach(r -> terminal.line("  because " + VerdictText.reason(r)));
    if (verdict.until() != null) {
      terminal.line("  until   " + Timestamps.until(verdict.until(), now));
    }
  }

  /// Prints whether the artifact is available. An allowed version may still be missing, because
  /// upstream may list a version without serving its artifact.
  private void bytes(Explanation explanation, VersionReply report) {
    FetchFailureInfo failed = report.fetchFailed();
    if (failed != null) {
      terminal.line("  bytes   " + VersionText.failed(failed, now));
      terminal.line("          retry: vetting-cli prefetch " + explanation.spec());
    } else if (report.served() && report.onlyByBundle()) {
      byBundle(explanation);
    } else if (report.served() && !report.stored()) {
      terminal.line("  bytes   not stored yet: fetched from upstream on the first request");
    }
  }

  /// Prints the next steps of a user whose version is withheld.
  private void steps(Explanation explanation) {
    if (explanation.served()) {
      return;
    }
    List<ReasonInfo> reasons = explanation.verdict().reasons();
    if (MalwareAdvice.isMalware(reasons)) {
      terminal.line(
          "  do      "
              + MalwareAdvice.advice(explanation.name().published(), explanation.version().text()));
    }
    terminal.line("  use     " + use(explanation));
    if (explanation.onlyByBundle()) {
      byBundle(explanation);
    } else {
      terminal.line("  ask     vetting-cli request %s --reason TEXT".formatted(explanation.spec()));
      terminal.line("  or      " + approval(explanation.spec(), reasons));
    }
  }

  /// Returns the step to another version. An exact cargo command is named only if cargo accepts it
  /// for any lockfile. Dependents accept a later compatible version, but possibly not an earlier
  /// one.
  private static String use(Explanation explanation) {
    Explanation.Replacement replacement = explanation.replacement();
    if (replacement == null) {
      return "no version of it is served";
    }
    if (!replacement.compatible()) {
      return "no compatible version passes (%s is not): run vetting-cli verify"
          .formatted(replacement.version());
    }
    return replacement.movable()
        ? "cargo update, or cargo update -p %s --precise %s"
            .formatted(explanation.spec(), replacement.version())
        : "cargo update, which takes %s or another version that passes"
            .formatted(replacement.version());
  }

  /// Prints how a bundle can bring the artifact. No decision here makes it available.
  private void byBundle(Explanation explanation) {
    terminal.line(
        "  or      import a bundle with its bytes: snapshot %d has none, and a decision here cannot add them"
            .formatted(explanation.snapshot()));
    terminal.line("          outside, where the gate has an upstream:");
    terminal.line("          vetting-cli approve %s --reason TEXT".formatted(explanation.spec()));
    terminal.line(
        "          vetting-cli bundle export FOLDER --keys KEYS --crate %s (or --from-lockfile Cargo.lock)"
            .formatted(explanation.spec()));
  }

  /// Returns the command that approves the version. A hostile archive cannot be approved, and
  /// malware requires two persons.
  private static String approval(String spec, List<ReasonInfo> reasons) {
    Set<String> codes = reasons.stream().map(ReasonInfo::code).collect(Collectors.toSet());
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

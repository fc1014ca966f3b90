package lazaret.cli.review;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import lazaret.cli.report.Cell;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.deskapi.audits.AuditPathInfo;
import lazaret.vetting.deskapi.audits.AuditVerdictInfo;
import lazaret.vetting.deskapi.audits.AuditViolationInfo;
import lazaret.vetting.deskapi.review.AdvisoryMatchInfo;
import lazaret.vetting.deskapi.review.ReviewReply;
import lazaret.vetting.deskapi.review.TakeoverSignInfo;
import lazaret.vetting.text.KebabCase;
import org.jspecify.annotations.Nullable;

/// The text of evidence from others about a version: advisories, signs of a takeover, and audits.
final class EvidenceText {
  private final Terminal terminal;
  private final Instant now;

  EvidenceText(Terminal terminal, Instant now) {
    this.terminal = terminal;
    this.now = now;
  }

  void print(ReviewReply report) {
    report.advisories().forEach(this::advisory);
    report.takeover().forEach(this::sign);
    if (!report.fixes().isEmpty()) {
      fact("fixes", TextStyle.GOOD, String.join(", ", report.fixes()));
    }
    if (report.audits() != null) {
      audits(report.audits());
    }
  }

  private void advisory(AdvisoryMatchInfo match) {
    List<String> parts = new ArrayList<>();
    String severity = match.severity();
    parts.add(
        "%s, %s"
            .formatted(
                KebabCase.of(match.kind()),
                severity.equals("unknown") ? "severity unknown" : severity));
    parts.add(match.title());
    parts.add("reported by " + String.join(", ", match.affirmedBy()));
    if (!match.disputedBy().isEmpty()) {
      parts.add("disputed by " + String.join(", ", match.disputedBy()));
    }
    if (match.byAssociation()) {
      parts.add("by association only");
    }
    if (match.url() != null) {
      parts.add(match.url());
    }
    TextStyle style =
        switch (match.kind()) {
          case MALWARE, VULNERABILITY -> TextStyle.BAD;
          case UNSOUND, UNMAINTAINED, NOTICE -> TextStyle.WARN;
        };
    fact("advisory", style, match.id() + ": " + String.join("; ", parts));
  }

  private void sign(TakeoverSignInfo sign) {
    String until = sign.until() == null ? "" : "; until " + Timestamps.until(sign.until(), now);
    fact("takeover", TextStyle.WARN, sign.code() + ": " + sign.detail() + until);
  }

  private void audits(AuditVerdictInfo audits) {
    switch (audits.verdict()) {
      case NOT_VETTED ->
          fact(
              "audits",
              TextStyle.PLAIN,
              "no audits for " + String.join(", ", listed(audits.missing())));
      case VIOLATED -> listed(audits.violations()).forEach(this::violation);
      case OTHER_BYTES -> fact("audits", TextStyle.BAD, "made for sha256 " + audits.seen());
      case FULLY, PARTIALLY, WITH_EXEMPTIONS ->
          listed(audits.paths()).forEach(path -> path(audits.verdict(), path));
    }
  }

  private static <T> List<T> listed(@Nullable List<T> items) {
    return items == null ? List.of() : items;
  }

  private void violation(AuditViolationInfo violation) {
    fact(
        "violation",
        TextStyle.BAD,
        "%s of %s%s%s%s"
            .formatted(
                String.join(", ", violation.criteria()),
                violation.versions(),
                by(violation.who(), violation.peer()),
                violation.notes() == null ? "" : ": " + violation.notes(),
                violation.namesVersion() ? "" : " (other versions)"));
  }

  private void path(AuditVerdictInfo.Kind verdict, AuditPathInfo path) {
    String steps =
        path.steps().stream()
            .map(
                step ->
                    KebabCase.of(step.kind())
                        + " "
                        + (step.from() == null ? "" : step.from() + " -> ")
                        + step.to()
                        + by(step.who(), step.peer()))
            .collect(Collectors.joining(", "));
    fact(
        "audits",
        verdict == AuditVerdictInfo.Kind.FULLY ? TextStyle.GOOD : TextStyle.WARN,
        "%s %s: %s".formatted(KebabCase.of(verdict), path.criterion(), steps));
  }

  private static String by(List<String> who, @Nullable String peer) {
    List<String> names = new ArrayList<>(who);
    if (peer != null) {
      names.add("of " + peer);
    }
    return names.isEmpty() ? "" : " by " + String.join(", ", names);
  }

  private void fact(String name, TextStyle style, String value) {
    terminal.line(Cell.of(TextStyle.FAINT, "  %-14s".formatted(name)), Cell.of(style, value));
  }
}

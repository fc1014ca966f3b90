package lazaret.cli.review;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import lazaret.cli.report.Cell;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.Timestamps;

/// The text of evidence from others about a version: advisories, signs of a takeover, and audits.
final class EvidenceText {
  private final Terminal terminal;
  private final Instant now;

  EvidenceText(Terminal terminal, Instant now) {
    this.terminal = terminal;
    this.now = now;
  }

  void print(JsonObject report) {
    report.objects("advisories").forEach(this::advisory);
    report.objects("takeover").forEach(this::sign);
    if (!report.texts("fixes").isEmpty()) {
      fact("fixes", TextStyle.GOOD, String.join(", ", report.texts("fixes")));
    }
    audits(report.object("audits"));
  }

  private void advisory(JsonObject hit) {
    List<String> parts = new ArrayList<>();
    String severity = hit.words("severity");
    parts.add(
        "%s, %s"
            .formatted(
                hit.words("kind"), severity.equals("unknown") ? "severity unknown" : severity));
    parts.add(hit.words("title"));
    parts.add("reported by " + String.join(", ", hit.texts("affirmed_by")));
    if (!hit.texts("disputed_by").isEmpty()) {
      parts.add("disputed by " + String.join(", ", hit.texts("disputed_by")));
    }
    if (hit.flag("by_association")) {
      parts.add("by association only");
    }
    hit.text("url").ifPresent(parts::add);
    boolean grave =
        hit.words("kind").equals("malware") || hit.words("kind").equals("vulnerability");
    fact(
        "advisory",
        grave ? TextStyle.BAD : TextStyle.WARN,
        hit.words("id") + ": " + String.join("; ", parts));
  }

  private void sign(JsonObject sign) {
    String until = sign.text("until").map(at -> "; until " + Timestamps.until(at, now)).orElse("");
    fact("takeover", TextStyle.WARN, sign.words("code") + ": " + sign.words("detail") + until);
  }

  private void audits(JsonObject audits) {
    switch (audits.words("verdict")) {
      case "" -> {}
      case "not-vetted" ->
          fact(
              "audits",
              TextStyle.PLAIN,
              "no audits for " + String.join(", ", audits.texts("missing")));
      case "violated" -> audits.objects("violations").forEach(this::violation);
      case "other-bytes" ->
          fact("audits", TextStyle.BAD, "made for sha256 " + audits.words("seen"));
      default -> audits.objects("paths").forEach(path -> path(audits, path));
    }
  }

  private void violation(JsonObject violation) {
    fact(
        "violation",
        TextStyle.BAD,
        "%s of %s%s%s%s"
            .formatted(
                String.join(", ", violation.texts("criteria")),
                violation.words("versions"),
                by(violation),
                violation.text("notes").map(notes -> ": " + notes).orElse(""),
                violation.flag("names_version") ? "" : " (other versions)"));
  }

  private void path(JsonObject audits, JsonObject path) {
    String steps =
        path.objects("steps").stream()
            .map(
                step ->
                    step.words("kind")
                        + " "
                        + step.text("from").map(from -> from + " -> ").orElse("")
                        + step.words("to")
                        + by(step))
            .collect(Collectors.joining(", "));
    fact(
        "audits",
        audits.words("verdict").equals("fully") ? TextStyle.GOOD : TextStyle.WARN,
        "%s %s: %s".formatted(audits.words("verdict"), path.words("criterion"), steps));
  }

  private static String by(JsonObject said) {
    List<String> names = new ArrayList<>(said.texts("who"));
    said.text("peer").ifPresent(peer -> names.add("of " + peer));
    return names.isEmpty() ? "" : " by " + String.join(", ", names);
  }

  private void fact(String name, TextStyle style, String value) {
    terminal.line(Cell.of(TextStyle.FAINT, "  %-14s".formatted(name)), Cell.of(style, value));
  }
}

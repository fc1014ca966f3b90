package lazaret.mirror.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.DownloadOutcome;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;

/// What cargo prints of a refusal: at most 400 of the 511 characters that it shows, plain text, no
/// control characters (cargo-wire §5.1): what, why, until when, what to use instead, how to ask.
final class RefusalText {
  /// The longest text, in characters.
  static final int MAX = 400;

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private RefusalText() {}

  static String of(DownloadOutcome.Withheld withheld, String requestId) {
    CrateId id = withheld.id();
    String what = id.name().published() + "@" + id.version().text();
    Reason reason = withheld.verdict().reason();
    String until =
        withheld.verdict() instanceof Verdict.Hold hold
            ? ", held until " + minute(hold.until())
            : "";
    String head =
        "BLOCKED %s %s: %s: "
            .formatted(id.name().published(), id.version().text(), reason.code().code());
    StringBuilder tail = new StringBuilder(until).append('\n');
    CrateVersion instead = withheld.instead();
    if (instead != null && !instead.equals(id.version())) {
      tail.append(
          "Use: %s %s (cargo update -p %s --precise %s)\n"
              .formatted(id.name().published(), instead.text(), what, instead.text()));
    }
    tail.append(
        "Why: vetting-cli why %s\nAsk: vetting-cli approve %s --reason ...\n"
            .formatted(what, what));
    tail.append("Request: ").append(requestId);
    return fit(head, reason.detail(), tail.toString());
  }

  static String of(DownloadOutcome.OtherCksum other, String requestId) {
    return fit(
        "BLOCKED %s %s: other-cksum: "
            .formatted(other.held().name().published(), other.held().version().text()),
        "your index line names sha256 %s..., the gate holds %s...; the line is old or forged"
            .formatted(
                other.asked().hex().substring(0, 12), other.held().cksum().hex().substring(0, 12)),
        "\nTry: cargo update, or remove registry/index under CARGO_HOME\nRequest: " + requestId);
  }

  static String of(DownloadOutcome.Tampered tampered, String requestId) {
    return fit(
        "BLOCKED %s %s: cksum-mismatch: "
            .formatted(tampered.id().name().published(), tampered.id().version().text()),
        "upstream sent bytes with sha256 %s..., the index says %s...; they were thrown away"
            .formatted(
                tampered.found().hex().substring(0, 12),
                tampered.id().cksum().hex().substring(0, 12)),
        "\nTell an administrator; the gate asks upstream again in a minute\nRequest: " + requestId);
  }

  static String of(DownloadOutcome.Absent absent, String requestId) {
    return fit(
        "%s %s is in the index, but "
            .formatted(absent.id().name().published(), absent.id().version().text()),
        "upstream has no such artefact (status %d)".formatted(absent.status()),
        "\nIt may have been removed; use another version\nRequest: " + requestId);
  }

  private static String minute(Instant moment) {
    return MINUTE.format(moment);
  }

  /// Shortens the middle so that the whole fits.
  private static String fit(String head, String middle, String tail) {
    String shown = clean(middle);
    int room = Math.max(0, MAX - head.length() - tail.length());
    if (shown.length() > room) {
      shown = room == 0 ? "" : shown.substring(0, room - 1) + "…";
    }
    String whole = head + shown + tail;
    return whole.length() <= MAX ? whole : whole.substring(0, MAX);
  }

  /// Replaces control characters: a person's reason must not steer somebody else's terminal.
  private static String clean(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+", " ").strip();
  }
}

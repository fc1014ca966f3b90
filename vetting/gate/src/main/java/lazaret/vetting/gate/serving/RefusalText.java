package lazaret.vetting.gate.serving;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.text.Printable;
import org.jspecify.annotations.Nullable;

/// The text that cargo prints for a refusal: version, reason, end, alternative, and the way to
/// request it. It is plain text without control characters and at most 400 of the 511 characters
/// that cargo shows (docs/registry-protocol.md §5.1).
public final class RefusalText {
  /// The longest text, in characters, with the line feed that ends a response.
  static final int MAX = 400;

  /// The least number of characters of a detail that is shown, even if later lines are omitted for
  /// it.
  private static final int MIN_DETAIL = 60;

  /// The greatest number of characters of a detail in a sentence.
  private static final int MAX_SENTENCE_DETAIL = 110;

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private RefusalText() {}

  /// Returns the text for a version that is withheld.
  ///
  /// @param feeds the warning about the feeds, of which one that no feed was imported is repeated
  /// @param origin the scheme, host and port under which a browser opens the desk; null if there is
  ///   none
  public static String of(
      DownloadOutcome.Withheld withheld,
      Optional<Reason> feeds,
      String requestId,
      @Nullable String origin) {
    CrateId id = withheld.id();
    String what = id.name().published() + "@" + id.version().text();
    Reason reason = withheld.verdict().reason();
    String until = until(withheld.verdict());
    String head =
        "BLOCKED %s %s: %s: "
            .formatted(id.name().published(), id.version().text(), reason.code().code());
    List<String> more = new ArrayList<>();
    more.add("Use: " + use(withheld, what));
    more.add("Why: vetting-cli why " + what);
    boolean page = origin != null && !withheld.onlyByBundle();
    more.add(page ? "Ask: " + origin + page(id) : ask(withheld, what));
    if (withheld.compatible()) {
      more.add("cargo install: without --locked");
    }
    feeds
        .filter(warning -> warning.code() == Reason.Code.FEEDS_MISSING)
        .ifPresent(_ -> more.add("Warning: no advisory feed was imported"));
    if (page) {
      more.add("Or: vetting-cli request " + what);
    }
    return fit(head, reason.detail(), until, more, requestId);
  }

  /// Returns the path of the page of the desk on which a developer asks for a version.
  private static String page(CrateId id) {
    return "/desk/request/" + id.name().published() + "/" + id.version().text();
  }

  private static String ask(DownloadOutcome.Withheld withheld, String what) {
    return withheld.onlyByBundle()
        ? "Ask outside: vetting-cli approve " + what + ", then a bundle with it"
        : "Ask: vetting-cli request " + what + " --reason TEXT";
  }

  /// Returns the text for a version that is withheld as one sentence, for a list of versions:
  /// `BLOCKED serde 1.0.9: cooldown: ... (until 2026-12-06T12:01:00Z)`.
  public static String sentence(DownloadOutcome.Withheld withheld) {
    Reason reason = withheld.verdict().reason();
    return "BLOCKED %s %s: %s: %s%s"
        .formatted(
            withheld.id().name(),
            withheld.id().version(),
            reason.code().code(),
            Printable.cut(reason.detail(), MAX_SENTENCE_DETAIL),
            withheld.verdict() instanceof Verdict.Hold hold
                ? " (until " + hold.endMinute() + ")"
                : "");
  }

  private static String until(Verdict verdict) {
    if (!(verdict instanceof Verdict.Hold hold)) {
      return "";
    }
    String latest =
        verdict.has(Reason.Code.NOT_INSPECTED) ? " at the latest (not inspected yet)" : "";
    return ", held until " + MINUTE.format(hold.endMinute()) + latest;
  }

  /// Returns the advice about an alternative version. A command is given only if cargo accepts it
  /// regardless of the lockfile: dependents accept a later compatible version, but perhaps not an
  /// earlier one.
  private static String use(DownloadOutcome.Withheld withheld, String what) {
    CrateVersion instead = withheld.replacement();
    if (instead == null || !withheld.compatible()) {
      return "no compatible version passes: run vetting-cli verify";
    }
    String named = withheld.id().name().published() + " " + instead.text();
    return withheld.movable()
        ? "%s: cargo update, or cargo update -p %s --precise %s"
            .formatted(named, what, instead.text())
        : named + ": cargo update";
  }

  /// Returns the refusal of a request that names another checksum.
  public static String of(DownloadOutcome.OtherCksum other, String requestId) {
    return fit(
        "BLOCKED %s %s: cksum-mismatch: "
            .formatted(other.stored().name().published(), other.stored().version().text()),
        "your index line names sha256 %s..., the gate has %s...; the line is old or forged"
            .formatted(
                other.asked().hex().substring(0, 12),
                other.stored().cksum().hex().substring(0, 12)),
        "",
        List.of("Try: cargo update, or remove registry/index under CARGO_HOME"),
        requestId);
  }

  /// Returns the refusal of an artifact whose bytes do not match the checksum.
  public static String of(DownloadOutcome.Tampered tampered, String requestId) {
    return fit(
        "BLOCKED %s %s: cksum-mismatch: "
            .formatted(tampered.id().name().published(), tampered.id().version().text()),
        "upstream sent bytes with sha256 %s..., the index says %s...; they were discarded"
            .formatted(
                tampered.found().hex().substring(0, 12),
                tampered.id().cksum().hex().substring(0, 12)),
        "",
        List.of("Report it to an administrator; the gate fetches it again in a minute"),
        requestId);
  }

  /// Returns the refusal of an artifact that upstream does not have.
  public static String of(DownloadOutcome.Absent absent, String requestId) {
    return fit(
        "%s %s is in the index, but "
            .formatted(absent.id().name().published(), absent.id().version().text()),
        "upstream has no such artifact (status %d)".formatted(absent.status()),
        "",
        List.of("It may have been removed; use another version"),
        requestId);
  }

  /// Builds a refusal that fits. The request id is always at its end. The detail in the first line
  /// is cut at its end, and lines that still do not fit are omitted from the end.
  private static String fit(
      String head, String detail, String until, List<String> more, String requestId) {
    String end = "\nRequest: " + requestId;
    int room = MAX - 1 - end.length();
    String wanted = clean(detail).replace('\n', ' ');
    int spare = room - head.length() - until.length() - length(more);
    String shown = Printable.cut(wanted, Math.max(spare, Math.min(MIN_DETAIL, wanted.length())));
    StringBuilder text = new StringBuilder(Printable.cut(head + shown + until, room));
    for (String line : more) {
      if (text.length() + 1 + line.length() <= room) {
        text.append('\n').append(line);
      }
    }
    return text + end;
  }

  private static int length(List<String> lines) {
    return lines.stream().mapToInt(line -> line.length() + 1).sum();
  }

  /// Replaces control characters except line breaks, so that a person's reason cannot control the
  /// terminal of another user.
  public static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> clean.appendCodePoint(c == '\n' || Printable.isSafe(c) ? c : ' '));
    return clean.toString().strip();
  }
}

package lazaret.vetting.deskapi.reasons;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import org.jspecify.annotations.Nullable;

/// The sentences in which pages show reasons, signals and signs of a takeover. Each page writes the
/// code after the sentence, as in [#label].
///
/// Sentences have no full stop. They contain foreign text, which a page must escape. Thread-safe.
public final class ReasonText {
  private static final String SIGNAL = "signal";
  private static final String MALWARE_SIGNAL = "malware-signal";
  private static final String TAKEOVER = "takeover";
  private static final String COOLDOWN = "cooldown";

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private static final Pattern INSTANT =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?Z");
  private static final Pattern FIRST_CODE = Pattern.compile("([a-z0-9]+(?:-[a-z0-9]+)*)\\b.*");

  private ReasonText() {}

  /// Returns a reason as a sentence: `Younger than 21 days, until 3 December 2026`.
  ///
  /// A code that this program does not know has its detail as the sentence.
  ///
  /// @param until the end of the hold that the reason causes; null if it causes none
  public static String sentence(ReasonInfo reason, @Nullable Instant until) {
    String sentence =
        days(ReasonForms.sentence(reason.code(), reason.detail()).orElseGet(() -> general(reason)));
    if (until == null) {
      return sentence;
    }
    return sentence
        + (reason.code().equals(COOLDOWN) ? ", until " : "; held until ")
        + DAY.format(until);
  }

  /// Returns the sentences for the reasons of a verdict, in their order. The end of a hold is in
  /// the first one, which is that of the longest hold.
  public static List<String> sentences(VerdictInfo verdict) {
    List<String> sentences = new ArrayList<>();
    for (ReasonInfo reason : verdict.reasons()) {
      sentences.add(sentence(reason, sentences.isEmpty() ? verdict.until() : null));
    }
    return List.copyOf(sentences);
  }

  /// Returns the sentence for a signal, without the place: `The build script changed`.
  ///
  /// @param code the code, one of `docs/signals.md`; an unknown one is its own sentence
  public static String signal(String code) {
    return SignalSentences.SIGNALS.getOrDefault(code, capital(code));
  }

  /// Returns a sign of a takeover as a sentence.
  ///
  /// @param code the code, one of `docs/takeover.md`
  /// @param detail the detail of the sign
  /// @param until the end of the hold that the sign causes; null if it causes none
  public static String sign(String code, String detail, @Nullable Instant until) {
    return sentence(new ReasonInfo(TAKEOVER, code + ": " + detail), until);
  }

  /// Returns the code of a reason as pages show it, with the code of its signal or sign:
  /// `cooldown`, `signal: build-changed`.
  public static String label(ReasonInfo reason) {
    return switch (reason.code()) {
      case SIGNAL, MALWARE_SIGNAL, TAKEOVER ->
          first(reason.detail()).map(code -> reason.code() + ": " + code).orElse(reason.code());
      default -> reason.code();
    };
  }

  /// Returns the meaning of a signal or sign, and its frequency in honest versions: `A build writes
  /// below OUT_DIR. In good crates: 0 of 691.` Empty for a code without a measurement.
  ///
  /// @param code the code, one of `docs/signals.md` or `docs/takeover.md`
  public static Optional<String> meaning(String code) {
    return SignalMeanings.all()
        .of(code)
        .map(meaning -> meaning.cause() + " In good crates: " + meaning.frequency());
  }

  private static String general(ReasonInfo reason) {
    String detail = reason.detail();
    String unknown = detail.isBlank() ? capital(reason.code()) : capital(detail);
    String known = ReasonSentences.REASONS.getOrDefault(reason.code(), unknown);
    return switch (reason.code()) {
      case SIGNAL, MALWARE_SIGNAL ->
          first(detail)
              .map(code -> SignalSentences.SIGNALS.getOrDefault(code, known))
              .orElse(known);
      case TAKEOVER -> sign(detail).orElse(known);
      default -> known;
    };
  }

  /// Returns the clause of a sign, or its general sentence if there is no clause.
  private static Optional<String> sign(String detail) {
    int colon = detail.indexOf(": ");
    String clause = colon < 0 ? "" : detail.substring(colon + 2);
    return clause.isBlank()
        ? first(detail).flatMap(code -> Optional.ofNullable(ReasonSentences.SIGNS.get(code)))
        : Optional.of(capital(clause));
  }

  /// Returns the code with which a detail begins, or empty if there is none.
  private static Optional<String> first(String detail) {
    Matcher code = FIRST_CODE.matcher(detail.lines().findFirst().orElse(""));
    return code.matches() ? Optional.of(code.group(1)) : Optional.empty();
  }

  /// Returns a text with days in place of moments.
  private static String days(String text) {
    return INSTANT.matcher(text).replaceAll(found -> Matcher.quoteReplacement(day(found.group())));
  }

  private static String day(String moment) {
    try {
      return DAY.format(Instant.parse(moment));
    } catch (DateTimeException _) {
      return moment;
    }
  }

  private static String capital(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}

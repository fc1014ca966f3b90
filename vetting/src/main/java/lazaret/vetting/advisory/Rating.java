package lazaret.vetting.advisory;

import org.jspecify.annotations.Nullable;

/// How bad an advisory is, with what that rests on.
///
/// @param severity the place on the scale
/// @param score the base score, 0.0 to 10.0, or null where the feed gives a word or nothing
/// @param vector the CVSS vector that was scored, as the feed wrote it, or null where there is none
public record Rating(Severity severity, @Nullable Double score, @Nullable String vector) {
  /// Nothing is known.
  public static final Rating UNKNOWN = new Rating(Severity.UNKNOWN, null, null);

  /// What malware has where no feed scores it: tools that print "unknown" for it bury it.
  public static final Rating MALWARE = new Rating(Severity.CRITICAL, null, null);

  /// Returns the form for a sentence, where `unknown` alone says not what: `high (7.5)`, `severity
  /// unknown`.
  public String told() {
    return severity == Severity.UNKNOWN ? "severity unknown" : toString();
  }

  /// Returns the form for reports: `high (7.5)`, `critical`, `unknown`.
  @Override
  public String toString() {
    return score == null ? severity.code() : severity.code() + " (" + score + ")";
  }
}

package lazaret.vetting.advisory;

import org.jspecify.annotations.Nullable;

/// The severity rating of an advisory with its basis.
///
/// @param severity severity on the CVSS scale
/// @param score base score, 0.0 to 10.0; null if the feed has a word or nothing
/// @param vector CVSS vector of the score, as the feed writes it; null if there is none
public record SeverityRating(Severity severity, @Nullable Double score, @Nullable String vector) {
  /// The rating of an advisory without any.
  public static final SeverityRating UNKNOWN = new SeverityRating(Severity.UNKNOWN, null, null);

  /// The rating of malware that no feed scores. Tools that print "unknown" for it hide it.
  public static final SeverityRating MALWARE = new SeverityRating(Severity.CRITICAL, null, null);

  /// Returns the form for a sentence, in which `unknown` alone would be unclear: `high (7.5)`,
  /// `severity unknown`.
  public String acceptedBefore() {
    return severity == Severity.UNKNOWN ? "severity unknown" : toString();
  }

  /// Returns the form for reports: `high (7.5)`, `critical`, `unknown`.
  @Override
  public String toString() {
    return score == null ? severity.code() : severity.code() + " (" + score + ")";
  }
}

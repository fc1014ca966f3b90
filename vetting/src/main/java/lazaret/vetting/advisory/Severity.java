package lazaret.vetting.advisory;

import java.util.Locale;

/// How bad a vulnerability is, on the scale that all CVSS versions share (CVSS 3.1 and 4.0,
/// *Qualitative Severity Rating Scale*).
public enum Severity {
  /// A score of 0.
  NONE,
  /// 0.1 to 3.9.
  LOW,
  /// 4.0 to 6.9.
  MEDIUM,
  /// 7.0 to 8.9.
  HIGH,
  /// 9.0 to 10, and all malware.
  CRITICAL,
  /// The feed does not say. It has no place on the scale: [#reaches] asks what it shall count as.
  UNKNOWN;

  /// Returns the rating of a base score.
  ///
  /// @param score 0.0 to 10.0
  public static Severity ofScore(double score) {
    if (score <= 0) {
      return NONE;
    }
    if (score < 4) {
      return LOW;
    }
    return score < 7 ? MEDIUM : score < 9 ? HIGH : CRITICAL;
  }

  /// Tells whether a vulnerability is at least as bad as a threshold.
  ///
  /// @param threshold what it is compared with; not [#UNKNOWN]
  /// @param unknownAs what an unknown severity counts as; [#UNKNOWN] never reaches any threshold
  public boolean reaches(Severity threshold, Severity unknownAs) {
    Severity counted = this == UNKNOWN ? unknownAs : this;
    return counted != UNKNOWN && counted.compareTo(threshold) >= 0;
  }

  /// Returns the word for reports and JSON, for example `critical`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}

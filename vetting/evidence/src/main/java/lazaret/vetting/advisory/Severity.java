package lazaret.vetting.advisory;

import lazaret.vetting.text.Coded;

/// The severity of a vulnerability on the scale of all CVSS versions (CVSS 3.1 and 4.0,
/// *Qualitative Severity Rating Scale*).
public enum Severity implements Coded {
  /// A score of 0.
  NONE("none"),
  /// 0.1 to 3.9.
  LOW("low"),
  /// 4.0 to 6.9.
  MEDIUM("medium"),
  /// 7.0 to 8.9.
  HIGH("high"),
  /// 9.0 to 10, and all malware.
  CRITICAL("critical"),
  /// Not stated by the feed. It is outside of the scale; [#reaches] takes a severity that it counts
  /// as.
  UNKNOWN("unknown");

  private final String code;

  Severity(String code) {
    this.code = code;
  }

  /// Returns the severity of a base score.
  ///
  /// @param score base score, 0.0 to 10.0
  public static Severity ofScore(double score) {
    if (score <= 0) {
      return NONE;
    }
    if (score < 4) {
      return LOW;
    }
    return score < 7 ? MEDIUM : score < 9 ? HIGH : CRITICAL;
  }

  /// Returns whether a severity is at least a threshold.
  ///
  /// @param threshold the threshold; not [#UNKNOWN]
  /// @param unknownAs severity that an unknown one counts as; [#UNKNOWN] never reaches a threshold
  public boolean reaches(Severity threshold, Severity unknownAs) {
    Severity counted = this == UNKNOWN ? unknownAs : this;
    return counted != UNKNOWN && counted.compareTo(threshold) >= 0;
  }

  /// Returns the word for reports and JSON, for example `critical`.
  @Override
  public String code() {
    return code;
  }

  /// Returns the severity with a code.
  ///
  /// @throws IllegalArgumentException if there is none
  public static Severity parse(String code) {
    return Coded.parse(Severity.class, code);
  }
}

package lazaret.vetting.policy;

import lazaret.vetting.advisory.FeedLimits;
import lazaret.vetting.advisory.Rating;
import lazaret.vetting.advisory.Severity;
import org.jspecify.annotations.Nullable;

/// What advisories do, and what the age of the feeds that they came with does. Malware is not set
/// here: it denies, always.
///
/// @param vulnerabilities what a vulnerability does, by its severity
/// @param scores what one does that has a CVSS score, whatever its severity is called; null where
///   the severity decides
/// @param unsound what an informational advisory of the kind `unsound` does
/// @param unmaintained what one of the kind `unmaintained` does
/// @param notice what one of the kind `notice` does
/// @param yanked what a version does that upstream yanked, other than in a yank wave; it is offered
///   to no fresh resolution whatever stands here
/// @param feeds what the age of feeds does
public record AdvisoryRules(
    Severities vulnerabilities,
    @Nullable Scores scores,
    Level unsound,
    Level unmaintained,
    Level notice,
    Level yanked,
    Feeds feeds) {

  /// High and critical vulnerabilities go to a person, as do those that nobody rated; lower ones
  /// warn. Unsound and unmaintained are shown: 470 of 1,225 advisories are, and to block on them
  /// stops builds (reference: *RustSec advisory*, exit classes).
  public static final AdvisoryRules DEFAULT =
      new AdvisoryRules(
          new Severities(Level.REVIEW, Level.REVIEW, Level.WARN, Level.WARN, Level.REVIEW),
          null,
          Level.WARN,
          Level.WARN,
          Level.ALLOW,
          Level.ALLOW,
          Feeds.DEFAULT);

  /// What a vulnerability does, by its severity.
  ///
  /// @param unknown what one does that nobody rated: a third of RustSec's vulnerabilities have no
  ///   CVSS vector, and "not rated" is not "harmless"
  public record Severities(Level critical, Level high, Level medium, Level low, Level unknown) {
    /// Returns the level of a severity; a score of zero only shows.
    public Level of(Severity severity) {
      return switch (severity) {
        case CRITICAL -> critical;
        case HIGH -> high;
        case MEDIUM -> medium;
        case LOW -> low;
        case NONE -> Level.ALLOW;
        case UNKNOWN -> unknown;
      };
    }
  }

  /// What a vulnerability does, by its CVSS base score.
  ///
  /// @param warn from this score on it warns; null for never
  /// @param review from this score on a person must look; null for never
  /// @param deny from this score on the version is refused; null for never
  public record Scores(@Nullable Double warn, @Nullable Double review, @Nullable Double deny) {
    /// Tells whether the thresholds rise.
    public boolean ordered() {
      double least = warn == null ? 0 : warn;
      double middle = review == null ? least : review;
      return least <= middle && (deny == null || middle <= deny);
    }

    Level of(double score) {
      if (deny != null && score >= deny) {
        return Level.DENY;
      }
      if (review != null && score >= review) {
        return Level.REVIEW;
      }
      return warn != null && score >= warn ? Level.WARN : Level.ALLOW;
    }
  }

  /// What the age of feeds does.
  ///
  /// @param limits from which age on verdicts carry a warning, and from which nothing is served
  ///   that no person approved
  /// @param approvedToo whether past the stop age not even what a person approved is served
  public record Feeds(FeedLimits limits, boolean approvedToo) {
    /// What was approved is served.
    public static final Feeds DEFAULT = new Feeds(FeedLimits.DEFAULT, false);
  }

  /// Returns the rules with another word on the age of feeds.
  AdvisoryRules withFeeds(Feeds other) {
    return new AdvisoryRules(vulnerabilities, scores, unsound, unmaintained, notice, yanked, other);
  }

  /// Returns the level of a vulnerability.
  public Level of(Rating rating) {
    Double score = rating.score();
    return scores != null && score != null
        ? scores.of(score)
        : vulnerabilities.of(rating.severity());
  }
}

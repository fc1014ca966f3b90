package lazaret.vetting.policy;

import lazaret.vetting.advisory.FeedAgeLimits;
import lazaret.vetting.advisory.Severity;
import lazaret.vetting.advisory.SeverityRating;
import org.jspecify.annotations.Nullable;

/// The policy for advisories and for the age of feeds. Malware is not configurable: it always
/// denies.
///
/// @param vulnerabilities levels of vulnerabilities by severity
/// @param scores levels of vulnerabilities with a CVSS score, which have precedence over the
///   severity; null if the severity decides
/// @param unsound level of an informational advisory of the kind `unsound`
/// @param unmaintained level of an advisory of the kind `unmaintained`
/// @param notice level of an advisory of the kind `notice`
/// @param yanked level of a version that upstream yanked, except in a yank wave. It is never
///   offered to a new resolution, whatever the level is
/// @param feeds policy for the age of feeds
public record AdvisoryPolicy(
    Severities vulnerabilities,
    @Nullable Scores scores,
    PolicyLevel unsound,
    PolicyLevel unmaintained,
    PolicyLevel notice,
    PolicyLevel yanked,
    FeedAges feeds) {

  /// The default: high, critical and unrated vulnerabilities need a review, lower ones warn.
  /// Unsound and unmaintained warn only: 470 of 1,225 advisories have these kinds, and blocking
  /// them stops builds (reference: *RustSec advisory*, exit classes).
  public static final AdvisoryPolicy DEFAULT =
      new AdvisoryPolicy(
          new Severities(
              PolicyLevel.REVIEW,
              PolicyLevel.REVIEW,
              PolicyLevel.WARN,
              PolicyLevel.WARN,
              PolicyLevel.REVIEW),
          null,
          PolicyLevel.WARN,
          PolicyLevel.WARN,
          PolicyLevel.ALLOW,
          PolicyLevel.ALLOW,
          FeedAges.DEFAULT);

  /// The levels of vulnerabilities by severity.
  ///
  /// @param critical level of critical vulnerabilities
  /// @param high level of high ones
  /// @param medium level of medium ones
  /// @param low level of low ones
  /// @param unknown level of unrated ones. A third of RustSec's vulnerabilities have no CVSS
  ///   vector, and unrated does not mean harmless
  public record Severities(
      PolicyLevel critical,
      PolicyLevel high,
      PolicyLevel medium,
      PolicyLevel low,
      PolicyLevel unknown) {
    /// Returns the level of a severity; a score of zero is only shown.
    public PolicyLevel of(Severity severity) {
      return switch (severity) {
        case CRITICAL -> critical;
        case HIGH -> high;
        case MEDIUM -> medium;
        case LOW -> low;
        case NONE -> PolicyLevel.ALLOW;
        case UNKNOWN -> unknown;
      };
    }
  }

  /// The levels of vulnerabilities by CVSS base score.
  ///
  /// @param warn minimum score for a warning; null for none
  /// @param review minimum score for a review; null for none
  /// @param deny minimum score for a denial; null for none
  public record Scores(@Nullable Double warn, @Nullable Double review, @Nullable Double deny) {
    /// Returns whether the thresholds are in ascending order.
    public boolean ordered() {
      double least = warn == null ? 0 : warn;
      double middle = review == null ? least : review;
      return least <= middle && (deny == null || middle <= deny);
    }

    PolicyLevel of(double score) {
      if (deny != null && score >= deny) {
        return PolicyLevel.DENY;
      }
      if (review != null && score >= review) {
        return PolicyLevel.REVIEW;
      }
      return warn != null && score >= warn ? PolicyLevel.WARN : PolicyLevel.ALLOW;
    }
  }

  /// The policy for the age of feeds.
  ///
  /// @param limits age for a warning, and age from which only approved versions are served
  /// @param approvedToo whether, from the stop age on, approved versions are withheld as well
  public record FeedAges(FeedAgeLimits limits, boolean approvedToo) {
    /// The default limits; approved versions are served.
    public static final FeedAges DEFAULT = new FeedAges(FeedAgeLimits.DEFAULT, false);
  }

  /// Returns this policy with another one for the age of feeds.
  AdvisoryPolicy withFeeds(FeedAges other) {
    return new AdvisoryPolicy(
        vulnerabilities, scores, unsound, unmaintained, notice, yanked, other);
  }

  /// Returns this policy with another level for yanked versions.
  AdvisoryPolicy withYanked(PolicyLevel other) {
    return new AdvisoryPolicy(vulnerabilities, scores, unsound, unmaintained, notice, other, feeds);
  }

  /// Returns the level of a vulnerability.
  public PolicyLevel of(SeverityRating rating) {
    Double score = rating.score();
    return scores != null && score != null
        ? scores.of(score)
        : vulnerabilities.of(rating.severity());
  }
}

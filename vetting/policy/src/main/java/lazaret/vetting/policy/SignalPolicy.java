package lazaret.vetting.policy;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import lazaret.vetting.inspect.CapabilityDelta;

/// The policy for signals of inspection. A signal of the weight `block` (a digest or a text that a
/// malware feed names) always denies and is not configurable.
///
/// @param high level of a signal of the weight `high`
/// @param review level of a signal of the weight `review`
/// @param note level of a signal of the weight `note`
/// @param codes levels of single signals by code, with precedence over their weight
public record SignalPolicy(
    PolicyLevel high, PolicyLevel review, PolicyLevel note, SortedMap<String, PolicyLevel> codes) {
  /// The age up to which strong signals hold a version, unless [#codes] names them. An attack is
  /// found within weeks, and an honest crate has its signals in every version.
  public static final Duration YOUNG = Duration.ofDays(30);

  /// The default: strong and weak signals need a review, notes are shown.
  public static final SignalPolicy DEFAULT =
      new SignalPolicy(PolicyLevel.REVIEW, PolicyLevel.REVIEW, PolicyLevel.ALLOW, new TreeMap<>());

  /// Returns whether the policy names a signal that needs a comparison with another version. The
  /// comparison is then made at any age.
  public boolean namesDelta() {
    return !codes.isEmpty()
        && CapabilityDelta.CODES.stream().anyMatch(code -> codes.containsKey(code.code()));
  }

  /// Returns this policy with warnings in place of reviews.
  SignalPolicy withoutReviews() {
    SortedMap<String, PolicyLevel> shown = new TreeMap<>(codes);
    shown.replaceAll((_, level) -> shown(level));
    return new SignalPolicy(shown(high), shown(review), shown(note), shown);
  }

  private static PolicyLevel shown(PolicyLevel level) {
    return level == PolicyLevel.REVIEW ? PolicyLevel.WARN : level;
  }

  /// Copies the map.
  public SignalPolicy {
    codes = Collections.unmodifiableSortedMap(new TreeMap<>(codes));
  }
}

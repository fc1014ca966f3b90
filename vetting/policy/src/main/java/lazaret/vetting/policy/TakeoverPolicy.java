package lazaret.vetting.policy;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// The policy for signs of a hijacked crate.
///
/// @param level level of a sign that needs a review. A sign that only needs to wait becomes a hold
/// @param codes levels of single signs by code, with precedence over their weight
public record TakeoverPolicy(PolicyLevel level, SortedMap<String, PolicyLevel> codes) {
  /// The default: a review.
  public static final TakeoverPolicy DEFAULT =
      new TakeoverPolicy(PolicyLevel.REVIEW, new TreeMap<>());

  /// Copies the map.
  public TakeoverPolicy {
    codes = Collections.unmodifiableSortedMap(new TreeMap<>(codes));
  }
}

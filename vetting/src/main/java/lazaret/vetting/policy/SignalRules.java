package lazaret.vetting.policy;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import lazaret.vetting.inspect.CapabilityDelta;

/// What the signals of inspection do. A signal of the weight `block` (a digest or a string that a
/// malware feed names) denies always and is not set here.
///
/// @param high what a signal of the weight `high` does
/// @param review what one of the weight `review` does
/// @param note what one of the weight `note` does
/// @param codes single signals by their code, stronger than their weight
public record SignalRules(Level high, Level review, Level note, SortedMap<String, Level> codes) {
  /// A version that is older than this is not held for its strong signals, unless [#codes] names
  /// them: an attack is found within weeks, and an honest crate carries its signals in every
  /// version.
  public static final Duration YOUNG = Duration.ofDays(30);

  /// Strong and weak signals go to a person, notes are shown.
  public static final SignalRules DEFAULT =
      new SignalRules(Level.REVIEW, Level.REVIEW, Level.ALLOW, new TreeMap<>());

  /// Tells whether the policy names what only a comparison with another version tells: then it is
  /// asked of every age.
  public boolean namesDelta() {
    return !codes.isEmpty()
        && CapabilityDelta.CODES.stream().anyMatch(code -> codes.containsKey(code.code()));
  }

  /// Copies the map.
  public SignalRules {
    codes = Collections.unmodifiableSortedMap(new TreeMap<>(codes));
  }
}

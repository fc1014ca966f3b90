package lazaret.vetting.policy;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the signs of a taken-over crate do.
///
/// @param level what a sign does that asks for a person; one that only asks to wait does so
/// @param codes single signs by their code, stronger than what they ask for
public record TakeoverRules(Level level, SortedMap<String, Level> codes) {
  /// A person looks.
  public static final TakeoverRules DEFAULT = new TakeoverRules(Level.REVIEW, new TreeMap<>());

  /// Copies the map.
  public TakeoverRules {
    codes = Collections.unmodifiableSortedMap(new TreeMap<>(codes));
  }
}

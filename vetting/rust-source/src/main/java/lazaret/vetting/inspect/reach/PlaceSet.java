package lazaret.vetting.inspect.reach;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The locations of one function, each with a bit of a mask. Bounded, not thread-safe.
public final class PlaceSet {
  private static final int MAX = 62;

  private final List<String> all = new ArrayList<>();
  private final Map<String, Long> bits = new HashMap<>();

  /// Creates an empty set.
  public PlaceSet() {}

  /// Returns the locations, in the order of their bits.
  public List<String> all() {
    return all;
  }

  /// Returns whether a location has a bit.
  public boolean has(String place) {
    return bits.containsKey(place);
  }

  /// Returns the bit of a location, or 0 if there are too many.
  public long bit(String place) {
    Long known = bits.get(place);
    if (known == null) {
      known = all.size() < MAX ? 1L << all.size() : 0L;
      if (known != 0) {
        all.add(place);
        bits.put(place, known);
      }
    }
    return known;
  }

  /// Removes all locations.
  public void clear() {
    all.clear();
    bits.clear();
  }
}

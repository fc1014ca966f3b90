package lazaret.vetting.inspect.code;

import java.util.Arrays;

/// Positions of tokens while they are collected. Not thread-safe.
final class TokenList {
  private static final int LEAST = 16;
  private static final int[] NONE = {};

  private int[] places = NONE;
  private int size;

  void add(int at) {
    if (size == places.length) {
      places = Arrays.copyOf(places, Math.max(LEAST, 2 * size));
    }
    places[size++] = at;
  }

  int size() {
    return size;
  }

  /// Returns the positions. The list must not be used after that.
  int[] all() {
    return size == places.length ? places : Arrays.copyOf(places, size);
  }
}

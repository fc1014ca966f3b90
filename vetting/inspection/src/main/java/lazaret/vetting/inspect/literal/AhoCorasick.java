package lazaret.vetting.inspect.literal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// A search for any of many texts in one pass over bytes, ignoring the case of ASCII letters.
///
/// The algorithm is that of Aho and Corasick (1975). Immutable; the caller keeps the state of a
/// pass as a number, so that a file can be searched piece by piece.
public final class AhoCorasick {
  /// The state before the first byte.
  public static final int START = 0;

  private static final int[] NONE = {};

  private final byte[] classes = new byte[256];
  private final int width;

  /// The next row by row and class of the byte. A row is the number of a state times the width; its
  /// bits are inverted if a text ends in the state, so that one comparison finds it.
  private final int[] next;

  /// The texts that end in a state, by its number.
  private final int[][] found;

  private final int[] lengths;

  /// Creates the search.
  ///
  /// @param texts the texts to find, none of them empty; a match is reported by the index
  public AhoCorasick(List<String> texts) {
    List<byte[]> folded = texts.stream().map(AhoCorasick::fold).toList();
    lengths = folded.stream().mapToInt(text -> text.length).toArray();
    width = classify(folded);
    int states = 1 + folded.stream().mapToInt(text -> text.length).sum();
    int[] table = new int[states * width];
    List<List<Integer>> ends = new ArrayList<>();
    ends.add(new ArrayList<>());
    for (int i = 0; i < folded.size(); i++) {
      int state = START;
      for (byte b : folded.get(i)) {
        int slot = state * width + classes[b & 0xFF];
        if (table[slot] == 0) {
          table[slot] = ends.size();
          ends.add(new ArrayList<>());
        }
        state = table[slot];
      }
      ends.get(state).add(i);
    }
    complete(table, ends);
    next = new int[ends.size() * width];
    for (int slot = 0; slot < next.length; slot++) {
      int row = table[slot] * width;
      next[slot] = ends.get(table[slot]).isEmpty() ? row : ~row;
    }
    found =
        ends.stream()
            .map(e -> e.isEmpty() ? NONE : e.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
  }

  private static byte[] fold(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = lower(bytes[i]);
    }
    return bytes;
  }

  private static byte lower(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b + ('a' - 'A')) : b;
  }

  /// Assigns each byte of a text its own class, and all other bytes class 0.
  private int classify(List<byte[]> texts) {
    int count = 1;
    int[] known = new int[256];
    for (byte[] text : texts) {
      for (byte b : text) {
        if (known[b & 0xFF] == 0) {
          known[b & 0xFF] = count++;
        }
      }
    }
    for (int b = 0; b < classes.length; b++) {
      classes[b] = (byte) known[lower((byte) b) & 0xFF];
    }
    return count;
  }

  /// Adds the transitions after a mismatch.
  private void complete(int[] table, List<List<Integer>> ends) {
    int[] fallback = new int[ends.size()];
    var queue = new ArrayDeque<Integer>();
    for (int c = 0; c < width; c++) {
      if (table[c] != 0) {
        queue.add(table[c]);
      }
    }
    while (!queue.isEmpty()) {
      int state = queue.remove();
      ends.get(state).addAll(ends.get(fallback[state]));
      for (int c = 0; c < width; c++) {
        int slot = state * width + c;
        int other = table[fallback[state] * width + c];
        if (table[slot] == 0) {
          table[slot] = other;
        } else {
          fallback[table[slot]] = other;
          queue.add(table[slot]);
        }
      }
    }
  }

  /// A receiver of matches.
  @FunctionalInterface
  public interface MatchConsumer {
    /// Receives one occurrence.
    ///
    /// @param needle the index of the text
    /// @param start the offset at which it begins; before the range if it began in an earlier piece
    /// @param end the offset at which it ends
    void found(int needle, int start, int end);
  }

  /// Searches a range.
  ///
  /// @param state the final state of the previous piece, or [#START]
  /// @return the state for the next piece
  public int search(byte[] bytes, int from, int to, int state, MatchConsumer receiver) {
    int at = state;
    for (int i = from; i < to; i++) {
      at = next[at + (classes[bytes[i] & 0xFF] & 0xFF)];
      if (at < 0) {
        at = ~at;
        for (int needle : found[at / width]) {
          receiver.found(needle, i + 1 - lengths[needle], i + 1);
        }
      }
    }
    return at;
  }

  /// Returns whether a range contains any of the texts. The search ends at the first one.
  public boolean isIn(byte[] bytes, int from, int to) {
    int at = START;
    for (int i = from; i < to; i++) {
      at = next[at + (classes[bytes[i] & 0xFF] & 0xFF)];
      if (at < 0) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether a range contains any of the texts, or bytes beyond ASCII that could match in
  /// lower case.
  public boolean maybeIn(byte[] bytes, int from, int to) {
    int at = START;
    for (int i = from; i < to; i++) {
      at = next[at + (classes[bytes[i] & 0xFF] & 0xFF)];
      if (at < 0 || bytes[i] < 0) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether a match is not part of a longer host name or number. `evil.example` is neither
  /// in `notevil.example` nor in `evil.example.org`.
  ///
  /// @param from the offset at which the searched range begins
  /// @param to the offset at which it ends
  public static boolean standsAlone(byte[] bytes, int start, int end, int from, int to) {
    boolean before = start <= from || !nameByte(bytes[start - 1]) || !nameByte(bytes[start]);
    if (end >= to || !nameByte(bytes[end - 1])) {
      return before;
    }
    boolean dotted = bytes[end] == '.' && end + 1 < to && nameByte(bytes[end + 1]);
    return before && !nameByte(bytes[end]) && !dotted;
  }

  private static boolean nameByte(byte b) {
    return b == '-' || (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
  }
}

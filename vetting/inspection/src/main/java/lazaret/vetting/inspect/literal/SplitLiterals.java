package lazaret.vetting.inspect.literal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Literals that are so close together that they may be pieces of one text.
///
/// They are in an array, in `concat!`, in a chain of `push_str`, in a row of constants, or joined
/// by `+`. Not thread-safe.
public final class SplitLiterals {
  private static final int MAX_BYTES = 1 << 14;
  private static final int MAX_PIECES = 2_048;

  private final Consumer receiver;
  private byte[] joined = new byte[256];
  private int[] starts = new int[16];
  private int length;
  private int count;
  private int first;
  private boolean parted;

  /// A receiver of joined texts.
  @FunctionalInterface
  public interface Consumer {
    /// Receives the pieces of one text, at least two.
    void joined(SplitLiterals pieces);
  }

  public SplitLiterals(Consumer receiver) {
    this.receiver = receiver;
  }

  /// Adds a literal.
  public void add(byte[] value, int token) {
    if (parted || length + value.length > MAX_BYTES || count == MAX_PIECES) {
      flush();
    }
    if (value.length > MAX_BYTES) {
      return;
    }
    if (count == 0) {
      first = token;
    }
    if (length + value.length > joined.length) {
      joined = Arrays.copyOf(joined, Math.max(joined.length * 2, length + value.length));
    }
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
    }
    starts[count++] = length;
    System.arraycopy(value, 0, joined, length, value.length);
    length += value.length;
  }

  /// Records a token that cannot be between the pieces of one text.
  public void part() {
    parted = true;
  }

  /// Returns whether such a token was recorded.
  public boolean parted() {
    return parted;
  }

  /// Reports the collected pieces.
  public void flush() {
    if (count > 1) {
      receiver.joined(this);
    }
    count = 0;
    length = 0;
    parted = false;
  }

  /// Returns the joined bytes of all pieces.
  public byte[] bytes() {
    return Arrays.copyOf(joined, length);
  }

  /// Returns the pieces one by one.
  public List<byte[]> all() {
    List<byte[]> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      all.add(Arrays.copyOfRange(joined, starts[i], i + 1 < count ? starts[i + 1] : length));
    }
    return all;
  }

  /// Returns the token of the first piece.
  public int first() {
    return first;
  }

  /// Returns whether a range of the joined text is in more than one piece.
  public boolean spans(int start, int end) {
    int piece = Arrays.binarySearch(starts, 0, count, Math.max(0, start));
    int next = piece >= 0 ? piece + 1 : -piece - 1;
    // Empty pieces begin where the next one does.
    while (next < count && starts[next] == start) {
      next++;
    }
    return next < count && starts[next] < end;
  }
}

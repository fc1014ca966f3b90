package lazaret.vetting.inspect.syntax;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The ranges of a text that have a [SyntaxKind], in order and without overlap. Positions count
/// UTF-16 code units from the beginning of the text.
///
/// Every text has such ranges, also one that no compiler accepts. A literal or comment without an
/// end extends to the end of the text. Time and memory are linear. Immutable.
public final class SyntaxTokens {
  /// The ranges of a text in another language: none.
  public static final SyntaxTokens NONE =
      new SyntaxTokens(new int[0], new int[0], new SyntaxKind[0]);

  private final int[] starts;
  private final int[] ends;
  private final SyntaxKind[] kinds;

  private SyntaxTokens(int[] starts, int[] ends, SyntaxKind[] kinds) {
    this.starts = starts;
    this.ends = ends;
    this.kinds = kinds;
  }

  /// Returns the ranges of a Rust source (Rust reference, *Lexical structure*).
  public static SyntaxTokens rust(String text) {
    byte[] source = text.getBytes(StandardCharsets.UTF_8);
    var builder = new Builder();
    new RustSyntaxScan(source, builder).run();
    return builder.build(text, source.length);
  }

  /// Returns the ranges of a TOML document (TOML 1.0).
  public static SyntaxTokens toml(String text) {
    byte[] source = text.getBytes(StandardCharsets.UTF_8);
    var builder = new Builder();
    new TomlSyntaxScan(source, builder).run();
    return builder.build(text, source.length);
  }

  /// Returns the number of ranges.
  public int size() {
    return starts.length;
  }

  /// Returns the position of the first character of a range.
  public int start(int index) {
    return starts[index];
  }

  /// Returns the position after the last character of a range.
  public int end(int index) {
    return ends[index];
  }

  /// Returns the kind of a range.
  public SyntaxKind kind(int index) {
    return kinds[index];
  }

  /// Returns the index of the first range that ends after a position, or the number of ranges if
  /// there is none.
  public int firstAfter(int position) {
    int found = Arrays.binarySearch(ends, position + 1);
    return found < 0 ? -found - 1 : found;
  }

  /// A collector of ranges in bytes. Not thread-safe.
  static final class Builder {
    private int[] starts = new int[256];
    private int[] ends = new int[256];
    private SyntaxKind[] kinds = new SyntaxKind[256];
    private int size;

    /// Adds a range behind the previous ones. Attributes with at most one byte between them are one
    /// range.
    void add(SyntaxKind kind, int start, int end) {
      if (size > 0
          && kind == SyntaxKind.ATTRIBUTE
          && kinds[size - 1] == kind
          && start - ends[size - 1] <= 1) {
        ends[size - 1] = end;
        return;
      }
      if (size == starts.length) {
        starts = Arrays.copyOf(starts, 2 * size);
        ends = Arrays.copyOf(ends, 2 * size);
        kinds = Arrays.copyOf(kinds, 2 * size);
      }
      starts[size] = start;
      ends[size] = end;
      kinds[size] = kind;
      size++;
    }

    /// Converts the positions from bytes to characters.
    ///
    /// @param bytes the length of the text in UTF-8
    SyntaxTokens build(String text, int bytes) {
      starts = Arrays.copyOf(starts, size);
      ends = Arrays.copyOf(ends, size);
      if (bytes != text.length()) {
        convert(text);
      }
      return new SyntaxTokens(starts, ends, Arrays.copyOf(kinds, size));
    }

    private void convert(String text) {
      int at = 0;
      int bytes = 0;
      for (int i = 0; i < size; i++) {
        while (at < text.length() && bytes < starts[i]) {
          bytes += length(text.charAt(at++));
        }
        starts[i] = at;
        while (at < text.length() && bytes < ends[i]) {
          bytes += length(text.charAt(at++));
        }
        ends[i] = at;
      }
    }

    /// Returns the bytes of a code unit in UTF-8: two for each half of a pair of surrogates.
    private static int length(char c) {
      return c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
  }
}

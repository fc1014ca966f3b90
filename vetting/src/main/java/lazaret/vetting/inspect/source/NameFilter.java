package lazaret.vetting.inspect.source;

import lazaret.vetting.inspect.rust.RustTokens;

/// Tells of most identifiers that they are none of a few names, without making a text of each (a
/// Bloom filter of one word, over length, first and last byte). Not thread-safe.
final class NameFilter {
  private long seen;

  /// Adds a name that is not empty.
  void add(byte[] bytes, int start, int end) {
    seen |= bit(bytes, start, end);
  }

  /// Returns whether an identifier may be one of the names; if not, it is none.
  boolean mayBe(RustTokens tokens, int identifier) {
    return seen != 0
        && (seen & bit(tokens.source(), tokens.start(identifier), tokens.end(identifier))) != 0;
  }

  private static long bit(byte[] bytes, int start, int end) {
    return 1L << (31 * (31 * bytes[start] + bytes[end - 1]) + end - start);
  }
}

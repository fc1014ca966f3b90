package lazaret.vetting.inspect.source;

import lazaret.vetting.inspect.rust.RustTokens;

/// A filter that excludes most identifiers that are not in a small set of names, without creating
/// strings.
///
/// It is a Bloom filter of one word, over length, first and last byte. Not thread-safe.
final class NameFilter {
  private long seen;

  /// Adds a name, which must not be empty.
  void add(byte[] bytes, int start, int end) {
    seen |= bit(bytes, start, end);
  }

  /// Returns whether an identifier may be one of the names. False is certain.
  boolean mayBe(RustTokens tokens, int identifier) {
    return seen != 0
        && (seen & bit(tokens.source(), tokens.start(identifier), tokens.end(identifier))) != 0;
  }

  private static long bit(byte[] bytes, int start, int end) {
    return 1L << (31 * (31 * bytes[start] + bytes[end - 1]) + end - start);
  }
}

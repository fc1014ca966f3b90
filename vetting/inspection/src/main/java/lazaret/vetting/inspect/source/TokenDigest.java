package lazaret.vetting.inspect.source;

import lazaret.vetting.crates.Sha256;
import lazaret.vetting.inspect.rust.RustTokens;

/// Digests of the tokens of sources, independent of comments, spaces and line breaks.
final class TokenDigest {
  private TokenDigest() {}

  /// Returns the digest of the tokens of a source.
  static Sha256 of(RustTokens tokens) {
    var hasher = new Sha256.Hasher();
    byte[] block = new byte[8_192];
    int filled = 0;
    for (int i = 0; i < tokens.size(); i++) {
      int count = tokens.end(i) - tokens.start(i);
      if (filled + count + 1 > block.length) {
        hasher.update(block, 0, filled);
        filled = 0;
      }
      if (count < block.length) {
        System.arraycopy(tokens.source(), tokens.start(i), block, filled, count);
        filled += count;
      } else {
        hasher.update(tokens.source(), tokens.start(i), count);
      }
      block[filled++] = 0;
    }
    hasher.update(block, 0, filled);
    return hasher.finish();
  }
}

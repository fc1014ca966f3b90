package lazaret.vetting.inspect.rust;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The tokens of one source, in order. The source itself is borrowed. A token needs 18 bytes of
/// memory, which the next source read into the same object uses again. Not thread-safe.
public final class RustTokens {
  private static final int LEAST = 1_024;

  /// The offset of words in the table of [Stops]; higher than any character of punctuation.
  private static final int PUNCTUATION = 128;

  private static final int STATEMENT_FACTOR = 0x01000193;

  /// The minimum number of tokens of a statement that counts. Shorter ones are common to all
  /// sources: `return x;`.
  private static final int LEAST_TOKENS = 8;

  /// The number of identifiers whose texts are kept, as a power of two, and the length of the
  /// longest of them in bytes.
  private static final int KEPT_BITS = 10;

  private static final int LONGEST_KEPT = 64;
  private static final int SPREAD = 0x9E3779B1;

  private byte[] source = {};
  private int length;
  private TokenKind[] kinds = new TokenKind[LEAST];
  private int[] starts = new int[LEAST];
  private int[] ends = new int[LEAST];

  /// The number of the word of an identifier, or the negated character of punctuation, or else
  /// [WordTable#UNKNOWN].
  private short[] words = new short[LEAST];

  /// The hash of the bytes of an identifier; 0 for other tokens.
  private int[] hashes = new int[LEAST];

  /// The texts of recent identifiers, by a part of their hash. Those of earlier sources stay.
  private final @Nullable String[] kept = new String[1 << KEPT_BITS];

  private final MinHashSketch.Builder statements = new MinHashSketch.Builder();
  private int statement;
  private int statementTokens;
  private int size;
  private boolean whole = true;

  /// The ends of lines, computed at the first use; until then `lines` is negative.
  private int[] lineEnds = new int[LEAST];

  private int lines = -1;

  /// Creates an empty list without a source.
  public RustTokens() {}

  /// Drops all tokens and sets another source.
  void reset(byte[] next, int nextLength) {
    source = next;
    length = nextLength;
    size = 0;
    whole = true;
    statements.clear();
    statement = 0;
    statementTokens = 0;
    lines = -1;
  }

  /// Adds an identifier.
  ///
  /// @param hash the hash of its bytes
  void addWord(int start, int end, int word, int hash) {
    statement = STATEMENT_FACTOR * statement + hash;
    add(TokenKind.IDENTIFIER, start, end, word);
    hashes[size - 1] = hash;
  }

  void add(TokenKind kind, int start, int end, int word) {
    if (size == kinds.length) {
      int larger = size * 2;
      kinds = Arrays.copyOf(kinds, larger);
      starts = Arrays.copyOf(starts, larger);
      ends = Arrays.copyOf(ends, larger);
      words = Arrays.copyOf(words, larger);
      hashes = Arrays.copyOf(hashes, larger);
    }
    kinds[size] = kind;
    starts[size] = start;
    ends[size] = end;
    words[size] = (short) word;
    hashes[size] = 0;
    size++;
    statementTokens++;
  }

  void addPunctuation(int at) {
    byte b = source[at];
    add(TokenKind.PUNCTUATION, at, at + 1, -b);
    if (b == ';' || b == '{' || b == '}') {
      if (statementTokens >= LEAST_TOKENS) {
        statements.add(spread(statement));
      }
      statement = 0;
      statementTokens = 0;
    } else {
      statement = STATEMENT_FACTOR * statement + b;
    }
  }

  /// Mixes all bits (Murmur3), so that the smallest hashes are independent of the content.
  private static int spread(int hash) {
    int h = (hash ^ hash >>> 16) * 0x85EBCA6B;
    h = (h ^ h >>> 13) * 0xC2B2AE35;
    return h ^ h >>> 16;
  }

  /// Returns the hashes of the statements so far.
  MinHashSketch.Builder statements() {
    return statements;
  }

  void cut() {
    whole = false;
  }

  /// Returns the number of tokens.
  public int size() {
    return size;
  }

  /// Returns whether the source was read to its end. It was not if it has more tokens than allowed.
  public boolean whole() {
    return whole;
  }

  /// Returns the kind of a token.
  public TokenKind kind(int index) {
    return kinds[index];
  }

  /// Returns whether the token exists and is this character of punctuation.
  public boolean is(int index, char punctuation) {
    return index >= 0 && index < size && words[index] == -punctuation;
  }

  /// Returns whether the token exists and is of this kind.
  public boolean is(int index, TokenKind kind) {
    return index >= 0 && index < size && kinds[index] == kind;
  }

  /// Returns the number of the word of an identifier, or [WordTable#UNKNOWN] for other tokens.
  public int word(int index) {
    return index >= 0 && index < size
        ? Math.max(words[index], WordTable.UNKNOWN)
        : WordTable.UNKNOWN;
  }

  /// Returns whether an identifier is one of some words.
  ///
  /// @param wanted for each number of a word, whether it is one of them
  public boolean holdsAny(boolean[] wanted) {
    for (int i = 0; i < size; i++) {
      if (words[i] > WordTable.UNKNOWN && wanted[words[i]]) {
        return true;
      }
    }
    return false;
  }

  /// A set of tokens at which a search stops. Immutable.
  public static final class Stops {
    private final boolean[] stops;

    private Stops(int words) {
      stops = new boolean[PUNCTUATION + words];
    }

    /// Returns a set of characters of punctuation and one identifier.
    ///
    /// @param word the number of the identifier
    public static Stops at(String punctuation, WordTable words, int word) {
      var stops = new Stops(words.size());
      for (int i = 0; i < punctuation.length(); i++) {
        stops.stops[PUNCTUATION - punctuation.charAt(i)] = true;
      }
      stops.stops[PUNCTUATION + word] = true;
      return stops;
    }

    /// Returns the first such token from a position, or the number of tokens if there is none.
    public int next(RustTokens tokens, int from) {
      int at = from;
      while (at < tokens.size && !stops[PUNCTUATION + tokens.words[at]]) {
        at++;
      }
      return at;
    }
  }

  /// Returns the character of a token of punctuation, or 0 for other tokens.
  public char punctuation(int index) {
    return index >= 0 && index < size ? (char) Math.max(-words[index], 0) : 0;
  }

  /// Returns the hash of an identifier's bytes, for [WordTable#number], or 0 for other tokens.
  public int hash(int index) {
    return hashes[index];
  }

  /// Returns the byte offset at which a token begins.
  public int start(int index) {
    return starts[index];
  }

  /// Returns the byte offset at which a token ends.
  public int end(int index) {
    return ends[index];
  }

  /// Returns the source, borrowed.
  public byte[] source() {
    return source;
  }

  /// Returns the text of a token as written; malformed UTF-8 becomes U+FFFD.
  public String text(int index) {
    return new String(source, starts[index], ends[index] - starts[index], StandardCharsets.UTF_8);
  }

  /// Returns the text of an identifier, as [#text] does. Repeated identifiers mostly share one
  /// string, so that it is decoded and hashed once.
  public String name(int index) {
    int start = starts[index];
    int bytes = ends[index] - start;
    if (bytes > LONGEST_KEPT) {
      return text(index);
    }
    int slot = (hashes[index] * SPREAD) >>> (Integer.SIZE - KEPT_BITS);
    String known = kept[slot];
    if (known == null || !isAt(start, bytes, known)) {
      known = text(index);
      kept[slot] = known;
    }
    return known;
  }

  /// Returns whether a range contains a text. False for a text beyond ASCII.
  private boolean isAt(int start, int bytes, String text) {
    boolean same = text.length() == bytes;
    for (int i = 0; same && i < bytes; i++) {
      same = source[start + i] == text.charAt(i);
    }
    return same;
  }

  /// Returns whether the written form of a token ends with an ASCII text.
  public boolean endsWith(int index, String text) {
    int start = ends[index] - text.length();
    return start >= starts[index] && isAt(start, text.length(), text);
  }

  /// Returns whether the written form of a token begins with an ASCII text.
  public boolean begins(int index, String text) {
    boolean begins = ends[index] - starts[index] >= text.length();
    for (int i = 0; begins && i < text.length(); i++) {
      begins = source[starts[index] + i] == text.charAt(i);
    }
    return begins;
  }

  /// Returns the value of a string, character or byte, with escapes resolved, or the text of other
  /// tokens.
  public byte[] value(int index) {
    return LiteralValue.of(source, starts[index], ends[index], kind(index));
  }

  /// Returns the line of a token, from 1.
  public int line(int index) {
    return lineAt(starts[index]);
  }

  /// Returns the line of a byte offset, from 1.
  public int lineAt(int position) {
    if (lines < 0) {
      countLines();
    }
    int found = Arrays.binarySearch(lineEnds, 0, lines, position);
    return 1 + (found < 0 ? -found - 1 : found);
  }

  private void countLines() {
    lines = 0;
    for (int i = 0; i < length; i++) {
      if (source[i] == '\n') {
        if (lines == lineEnds.length) {
          lineEnds = Arrays.copyOf(lineEnds, 2 * lines);
        }
        lineEnds[lines++] = i;
      }
    }
  }
}

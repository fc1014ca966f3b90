package lazaret.vetting.inspect.rust;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The tokens of one source, in order. The source itself is borrowed. Memory is 18 bytes a token,
/// kept for the next source that the lexer reads into the same object. Not thread-safe.
public final class RustTokens {
  private static final int LEAST = 1_024;

  /// More than any character of punctuation.
  private static final int PUNCTUATION = 128;

  private static final int STATEMENT_FACTOR = 0x01000193;

  /// Statements with fewer tokens are those of everybody: `return x;`.
  private static final int LEAST_TOKENS = 8;

  private byte[] source = {};
  private int length;
  private TokenKind[] kinds = new TokenKind[LEAST];
  private int[] starts = new int[LEAST];
  private int[] ends = new int[LEAST];

  /// Of an identifier the number of its word; of punctuation its character, negated; else
  /// [Words#UNKNOWN].
  private short[] words = new short[LEAST];

  /// Of an identifier the hash of its bytes; of anything else 0.
  private int[] hashes = new int[LEAST];

  private final Sketch.Builder statements = new Sketch.Builder();
  private int statement;
  private int statementTokens;
  private int size;
  private boolean whole = true;

  /// Where lines end, found when one is asked for; before that there are fewer than none.
  private int[] lineEnds = new int[LEAST];

  private int lines = -1;

  /// Starts without a source.
  public RustTokens() {}

  /// Forgets all tokens and takes another source.
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
  /// @param hash of its bytes
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

  /// Mixes all bits (Murmur3), so that the smallest are chosen without regard to what they are of.
  private static int spread(int hash) {
    int h = (hash ^ hash >>> 16) * 0x85EBCA6B;
    h = (h ^ h >>> 13) * 0xC2B2AE35;
    return h ^ h >>> 16;
  }

  /// Returns the hashes of the statements so far.
  Sketch.Builder statements() {
    return statements;
  }

  void cut() {
    whole = false;
  }

  /// Returns how many tokens there are.
  public int size() {
    return size;
  }

  /// Returns whether the source was read to its end: false where it has more tokens than allowed.
  public boolean whole() {
    return whole;
  }

  /// Returns what a token is.
  public TokenKind kind(int index) {
    return kinds[index];
  }

  /// Returns whether there is such a token and it is this character of punctuation.
  public boolean is(int index, char punctuation) {
    return index >= 0 && index < size && words[index] == -punctuation;
  }

  /// Returns whether there is such a token and it is of this kind.
  public boolean is(int index, TokenKind kind) {
    return index >= 0 && index < size && kinds[index] == kind;
  }

  /// Returns the number of the word that an identifier is, else [Words#UNKNOWN].
  public int word(int index) {
    return index >= 0 && index < size ? Math.max(words[index], Words.UNKNOWN) : Words.UNKNOWN;
  }

  /// Returns whether an identifier is one of some words.
  ///
  /// @param wanted by the number of a word whether it is one of them
  public boolean holdsAny(boolean[] wanted) {
    for (int i = 0; i < size; i++) {
      if (words[i] > Words.UNKNOWN && wanted[words[i]]) {
        return true;
      }
    }
    return false;
  }

  /// Tokens to stop at while all others are passed over. Immutable.
  public static final class Stops {
    private final boolean[] stops;

    private Stops(int words) {
      stops = new boolean[PUNCTUATION + words];
    }

    /// Stops at characters of punctuation and at an identifier.
    ///
    /// @param word the number of the identifier
    public static Stops at(String punctuation, Words words, int word) {
      var stops = new Stops(words.size());
      for (int i = 0; i < punctuation.length(); i++) {
        stops.stops[PUNCTUATION - punctuation.charAt(i)] = true;
      }
      stops.stops[PUNCTUATION + word] = true;
      return stops;
    }

    /// Returns the first such token from one on; the number of tokens where there is none.
    public int next(RustTokens tokens, int from) {
      int at = from;
      while (at < tokens.size && !stops[PUNCTUATION + tokens.words[at]]) {
        at++;
      }
      return at;
    }
  }

  /// Returns the character of a token of punctuation; 0 for any other.
  public char punctuation(int index) {
    return index >= 0 && index < size ? (char) Math.max(-words[index], 0) : 0;
  }

  /// Returns the hash of an identifier's bytes, as [Words#number] takes it; 0 for any other token.
  public int hash(int index) {
    return hashes[index];
  }

  /// Returns where a token begins, in bytes.
  public int start(int index) {
    return starts[index];
  }

  /// Returns where a token ends, in bytes.
  public int end(int index) {
    return ends[index];
  }

  /// Returns the source, borrowed.
  public byte[] source() {
    return source;
  }

  /// Returns a token as it is written; malformed UTF-8 becomes U+FFFD.
  public String text(int index) {
    return new String(source, starts[index], ends[index] - starts[index], StandardCharsets.UTF_8);
  }

  /// Returns whether a token begins with a text of ASCII as it is written.
  public boolean begins(int index, String text) {
    boolean begins = ends[index] - starts[index] >= text.length();
    for (int i = 0; begins && i < text.length(); i++) {
      begins = source[starts[index] + i] == text.charAt(i);
    }
    return begins;
  }

  /// Returns what a string, character or byte stands for, escapes resolved; the text of any other
  /// token.
  public byte[] value(int index) {
    return LiteralValue.of(source, starts[index], ends[index], kind(index));
  }

  /// Returns the line of a token, from 1.
  public int line(int index) {
    return lineAt(starts[index]);
  }

  /// Returns the line of a place in the source, from 1.
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

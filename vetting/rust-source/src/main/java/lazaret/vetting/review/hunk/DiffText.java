package lazaret.vetting.review.hunk;

import java.util.BitSet;
import java.util.List;
import lazaret.vetting.inspect.syntax.SyntaxKind;
import lazaret.vetting.inspect.syntax.SyntaxTokens;
import org.jspecify.annotations.Nullable;

/// One of two compared texts with its syntax. Immutable.
public final class DiffText {
  private final List<String> lines;
  private final boolean ends;
  private final Language language;
  private final SyntaxTokens tokens;

  /// The position of each line in the text to which the tokens belong.
  private final int[] starts;

  private DiffText(List<String> original, List<String> lines, boolean ends, Language language) {
    this.lines = lines;
    this.ends = ends;
    this.language = language;
    this.tokens =
        switch (language) {
          case RUST -> SyntaxTokens.rust(String.join("\n", original));
          case TOML -> SyntaxTokens.toml(String.join("\n", original));
          case OTHER -> SyntaxTokens.NONE;
        };
    this.starts = new int[lines.size()];
    for (int i = 1; i < starts.length; i++) {
      starts[i] = starts[i - 1] + original.get(i - 1).length() + 1;
    }
  }

  /// The languages whose syntax is known.
  public enum Language {
    /// Rust.
    RUST,
    /// TOML.
    TOML,
    /// Any other language.
    OTHER;

    /// Returns the language of a file by its path.
    public static Language of(String path) {
      String file = path.substring(path.lastIndexOf('/') + 1);
      boolean toml =
          file.endsWith(".toml") || file.equals("Cargo.lock") || file.equals("Cargo.toml.orig");
      return file.endsWith(".rs") ? RUST : toml ? TOML : OTHER;
    }
  }

  /// Reads a text.
  ///
  /// @param lines the lines as they are in the file, without their line feeds
  /// @param ends whether the last line ends with a line feed
  /// @param returns whether each line ends with a carriage return, which is then not displayed
  public static DiffText of(List<String> lines, boolean ends, boolean returns, Language language) {
    List<String> shown =
        returns ? lines.stream().map(line -> line.substring(0, line.length() - 1)).toList() : lines;
    return new DiffText(lines, shown, ends, language);
  }

  /// Returns a line.
  ///
  /// @param index the index, from 0
  String line(int index) {
    return lines.get(index);
  }

  /// Returns whether a line is the last one and has no line feed.
  boolean unended(int index) {
    return !ends && index == lines.size() - 1;
  }

  SyntaxTokens tokens() {
    return tokens;
  }

  /// Returns the position of a line in the text to which the tokens belong.
  int start(int index) {
    return starts[index];
  }

  /// Returns the letters of other scripts in the identifiers of a part of a line. In other
  /// languages than Rust and TOML, each word that has ASCII letters too counts as an identifier.
  ///
  /// @return the indexes in the line
  BitSet foreignLetters(int index, int from, int to) {
    String line = line(index);
    var found = new BitSet();
    int at = from;
    while (at < to) {
      int c = line.codePointAt(at);
      if (!identifies(c)) {
        at += Character.charCount(c);
        continue;
      }
      at = word(index, at, to, found);
    }
    return found;
  }

  /// Reads a word and returns its end.
  private int word(int index, int from, int to, BitSet found) {
    String line = line(index);
    var foreign = new BitSet();
    boolean ascii = false;
    int at = from;
    while (at < to) {
      int c = line.codePointAt(at);
      if (!identifies(c)) {
        break;
      }
      ascii |= c < 0x80 && Character.isLetter(c);
      if (HiddenKind.foreign(c)) {
        foreign.set(at);
      }
      at += Character.charCount(c);
    }
    if (!foreign.isEmpty() && (language == Language.OTHER ? ascii : isCode(start(index) + from))) {
      found.or(foreign);
    }
    return at;
  }

  private static boolean identifies(int c) {
    return Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c);
  }

  /// Returns whether a position is outside of strings and comments.
  private boolean isCode(int position) {
    SyntaxKind kind = kind(tokens.firstAfter(position), position);
    return kind != SyntaxKind.STRING && kind != SyntaxKind.COMMENT;
  }

  /// Returns the kind of a position, or null if it has none.
  ///
  /// @param token the first token that ends after the position
  @Nullable SyntaxKind kind(int token, int position) {
    return token < tokens.size() && tokens.start(token) <= position ? tokens.kind(token) : null;
  }
}

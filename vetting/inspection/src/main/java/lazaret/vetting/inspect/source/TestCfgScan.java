package lazaret.vetting.inspect.source;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.literal.SplitLiterals;

/// A search in the literals of one source for the directive by which a build script sets
/// `cfg(test)`.
///
/// The directive is `cargo::rustc-cfg=test`, as one text, formatted or in pieces. Not thread-safe.
final class TestCfgScan {
  private static final Pattern SETS =
      Pattern.compile("rustc-cfg|rustc-\\{|rustc-$|:rustc$|^-cfg|^cfg=?$|--cfg");
  private static final Pattern NAMES =
      Pattern.compile("^\\s*(test|tset)\\s*$|=\\s*test(?![\\w-])", Pattern.CASE_INSENSITIVE);

  /// The length of the longest placeholder of a format that is filled in.
  private static final int PLACE = 64;

  private static final Pattern BRACES = Pattern.compile("\\{[^{}]{0,%d}}".formatted(PLACE));

  /// The length of text that is searched; a longer one contains neither of both texts.
  private static final int LONGEST = 1 << 16;

  private int sets = -1;
  private int names = -1;

  /// Searches one literal.
  void text(byte[] bytes, int token) {
    if (bytes.length >= 3 && maybe(bytes)) {
      look(string(bytes), token);
    }
  }

  /// Searches pieces of one text.
  void pieces(SplitLiterals pieces) {
    byte[] joined = pieces.bytes();
    if (!holdsBrace(joined)) {
      text(joined, pieces.first());
      return;
    }
    fill(pieces.all(), pieces.first());
  }

  private static boolean holdsBrace(byte[] bytes) {
    for (byte b : bytes) {
      if (b == '{') {
        return true;
      }
    }
    return false;
  }

  /// Fills pieces into the placeholders of earlier ones.
  private void fill(List<byte[]> pieces, int token) {
    StringBuilder filled = new StringBuilder();
    // The text before has no placeholders left: tables of thousands of pieces are searched once.
    int from = 0;
    for (byte[] piece : pieces) {
      String text = string(piece);
      var brace = BRACES.matcher(filled);
      if (brace.find(from)) {
        from = Math.max(0, brace.start() - PLACE - 1);
        filled.replace(brace.start(), brace.end(), text);
      } else {
        from = Math.max(0, filled.length() - PLACE - 1);
        filled.append(text);
      }
      if (filled.length() > LONGEST) {
        return;
      }
    }
    look(filled.toString(), token);
  }

  /// Records that a source names `test` other than by a literal.
  void named(int token) {
    names = names < 0 ? token : names;
  }

  private void look(String text, int token) {
    if (sets < 0 && SETS.matcher(text).find()) {
      sets = token;
    }
    if (names < 0 && NAMES.matcher(text).find()) {
      names = token;
    }
  }

  /// Returns whether bytes contain `cfg`, `rustc`, `test` or `tset` in any case. Other texts cannot
  /// match.
  private static boolean maybe(byte[] bytes) {
    for (int i = 0; i + 2 < bytes.length; i++) {
      boolean may =
          switch (bytes[i] | 0x20) {
            case 'c' -> holds(bytes, i, "cfg");
            case 'r' -> holds(bytes, i, "rustc");
            case 't' -> holds(bytes, i, "test") || holds(bytes, i, "tset");
            default -> false;
          };
      if (may) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(byte[] bytes, int from, String word) {
    if (from + word.length() > bytes.length) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if ((bytes[from + i] | 0x20) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static String string(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
  }

  /// Returns the token with the directive, or -1 if there is none.
  int sets() {
    return sets;
  }

  /// Returns the token that is `test`, or -1 if there is none.
  int names() {
    return names;
  }
}

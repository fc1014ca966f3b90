package lazaret.vetting.inspect.source;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Looks in the literals of one source for the directive by which a build script sets `cfg(test)`
/// for the library: `cargo::rustc-cfg=test`, as one text, filled in or in pieces. Not thread-safe.
final class TestSwitch {
  private static final Pattern SETS =
      Pattern.compile("rustc-cfg|rustc-\\{|rustc-$|:rustc$|^-cfg|^cfg=?$|--cfg");
  private static final Pattern NAMES =
      Pattern.compile("^\\s*(test|tset)\\s*$|=\\s*test(?![\\w-])", Pattern.CASE_INSENSITIVE);
  private static final Pattern BRACES = Pattern.compile("\\{[^{}]*}");

  /// Neither of both texts is told from a longer one.
  private static final int LONGEST = 1 << 16;

  private int sets = -1;
  private int names = -1;

  /// Looks at one literal.
  void text(byte[] bytes, int token) {
    if (bytes.length >= 3 && maybe(bytes)) {
      look(string(bytes), token);
    }
  }

  /// Looks at pieces of one text.
  void pieces(List<byte[]> pieces, int token) {
    String filled = "";
    for (byte[] piece : pieces) {
      String text = string(piece);
      var brace = BRACES.matcher(filled);
      filled =
          brace.find()
              ? filled.substring(0, brace.start()) + text + filled.substring(brace.end())
              : filled + text;
      if (filled.length() > LONGEST) {
        return;
      }
    }
    look(filled, token);
  }

  /// Notes that a source names `test` in another way than by a literal.
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

  private static boolean maybe(byte[] bytes) {
    for (int i = 0; i + 2 < bytes.length; i++) {
      int b = bytes[i] | 0x20;
      int next = bytes[i + 1] | 0x20;
      if ((b == 'c' && next == 'f')
          || (b == 't' && (next == 'e' || next == 's'))
          || (b == 'r' && next == 'u')) {
        return true;
      }
    }
    return false;
  }

  private static String string(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
  }

  /// Returns the token that holds the directive; -1 where none does.
  int sets() {
    return sets;
  }

  /// Returns the token that is `test`; -1 where none is.
  int names() {
    return names;
  }
}

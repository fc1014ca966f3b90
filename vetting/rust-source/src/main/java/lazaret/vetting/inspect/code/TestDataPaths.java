package lazaret.vetting.inspect.code;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Paths of files among tests.
public final class TestDataPaths {
  private static final Pattern FOLDER =
      Pattern.compile(
          "(?:^|[/\u0001 ])(?:tests?|benches|examples|testdata|test-data|test_data|fixtures|corpus|snapshots)/");

  /// Values that are inserted into a text unchanged, other than counters.
  private static final Pattern RAW =
      Pattern.compile("\\{(?!(?:i|n|k|at|index|number|count|line_number)?\\})[^}:]*\\}");

  private TestDataPaths() {}

  /// Returns whether a build script makes only tests of such files. The texts that it writes
  /// contain their content in quotes, and otherwise only numbers.
  public static boolean generatesTests(SourceTokens code) {
    boolean tests = false;
    for (int i = 0; i < code.size(); i++) {
      if (code.is(i, "copy") || code.is(i, "include") || code.is(i, "transmute")) {
        return false;
      }
      if (code.string(i)) {
        String text = code.literal(i);
        tests |= text.contains("#[test]");
        boolean written = text.indexOf('{') >= 0 && (code.is(i + 1, ')') || code.is(i + 1, ','));
        if (written && RAW.matcher(text.replace("{{", "").replace("}}", "")).find()) {
          return false;
        }
      }
    }
    return tests;
  }

  /// Returns whether a text names a file of test data.
  public static boolean names(String text) {
    return !text.contains("rerun-if") && !text.contains("://") && file(text);
  }

  /// Returns whether a path below such a folder continues to the ending of a file. Linear: no
  /// character is read twice.
  private static boolean file(String text) {
    Matcher folder = FOLDER.matcher(text);
    int at = 0;
    while (at <= text.length() && folder.find(at)) {
      at = folder.end();
      while (at < text.length() && inPath(text.charAt(at))) {
        at++;
      }
      if (at < text.length()
          && (text.charAt(at) == '.' || text.charAt(at) == ConstantTexts.UNKNOWN)) {
        return true;
      }
    }
    return false;
  }

  private static boolean inPath(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-'
        || c == '/';
  }
}

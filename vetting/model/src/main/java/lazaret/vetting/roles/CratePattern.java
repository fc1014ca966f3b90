package lazaret.vetting.roles;

import java.util.Locale;
import java.util.regex.Pattern;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;

/// A pattern of crate names: letters, digits, `-` and `_`, with at most one `*` for any characters:
/// `zstd-*`, `serde`, `*-sys`. Names are compared by their collision key, so that `-` equals `_`
/// and case is ignored.
///
/// @param text the pattern as written
public record CratePattern(String text) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{0,64}\\*?[A-Za-z0-9_-]{0,64}");

  /// Checks the form.
  ///
  /// @throws MalformedException if the text is not a pattern
  public CratePattern {
    if (text.isEmpty() || !FORM.matcher(text).matches()) {
      throw new MalformedException(
          "cannot read the crate pattern '%s': expected letters, digits, '-', '_' and at most one '*'"
              .formatted(Excerpt.of(text)));
    }
  }

  /// Returns whether a name matches.
  public boolean matches(CrateName name) {
    String key = name.collisionKey();
    String pattern = key();
    int star = pattern.indexOf('*');
    if (star < 0) {
      return key.equals(pattern);
    }
    String before = pattern.substring(0, star);
    String after = pattern.substring(star + 1);
    return key.length() >= before.length() + after.length()
        && key.startsWith(before)
        && key.endsWith(after);
  }

  /// Returns whether this pattern matches each name that another one matches.
  public boolean covers(CratePattern other) {
    String wide = key();
    String narrow = other.key();
    int star = wide.indexOf('*');
    if (star < 0) {
      return wide.equals(narrow);
    }
    String before = wide.substring(0, star);
    String after = wide.substring(star + 1);
    int gap = narrow.indexOf('*');
    String first = gap < 0 ? narrow : narrow.substring(0, gap);
    String last = gap < 0 ? narrow : narrow.substring(gap + 1);
    boolean fits = gap >= 0 || narrow.length() >= before.length() + after.length();
    return fits && first.startsWith(before) && last.endsWith(after);
  }

  private String key() {
    return text.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /// Returns the pattern as written.
  @Override
  public String toString() {
    return text;
  }
}

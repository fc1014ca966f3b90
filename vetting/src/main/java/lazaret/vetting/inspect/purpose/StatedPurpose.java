package lazaret.vetting.inspect.purpose;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/// What a crate says of itself: its name, description, keywords and categories, and the first lines
/// of the documentation of its root. Comments elsewhere do not count: a reader of the crate's page
/// does not see them. Not thread-safe.
public final class StatedPurpose {
  /// How much of each text is read, in characters.
  private static final int MAX_TEXT = 4_096;

  /// How many lines of documentation are read.
  private static final int MAX_LINES = 40;

  private static final Pattern ADDRESS = Pattern.compile("[a-z]{2,8}://[^\\s)>]{0,200}");

  private final Set<Subject> named = EnumSet.noneOf(Subject.class);

  /// Takes the name, the description, a keyword or a category.
  public void text(String text) {
    named.addAll(Subject.in(text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text));
  }

  /// Takes a source; of that of a crate root the prose of the first lines of `//!` counts.
  ///
  /// @param path of the file in the crate
  /// @param source UTF-8, or anything else
  /// @param length of it in bytes
  public void source(String path, byte[] source, int length) {
    if (path.endsWith("lib.rs") || path.endsWith("main.rs")) {
      root(new String(source, 0, Math.min(length, MAX_TEXT), StandardCharsets.UTF_8));
    }
  }

  private void root(String source) {
    boolean code = false;
    int lines = 0;
    for (String line : source.lines().limit(2L * MAX_LINES).toList()) {
      String trimmed = line.strip();
      if (!trimmed.startsWith("//!") || ++lines > MAX_LINES) {
        continue;
      }
      String prose = trimmed.substring(3).strip();
      if (prose.startsWith("```")) {
        code = !code;
      } else if (!code) {
        text(ADDRESS.matcher(prose).replaceAll(" "));
      }
    }
  }

  /// Returns whether the crate names a subject.
  public boolean names(Subject subject) {
    return named.contains(subject);
  }
}

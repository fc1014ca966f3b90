package lazaret.vetting.crates;

import java.util.Locale;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;

/// The name of a crate in the registry, in its three forms. Names are equal if they are published
/// alike, including case. Two different names with the same collision key cannot both exist
/// upstream.
///
/// Source: Cargo reference, *Registry Index*, *Name restrictions*. The stricter rules of the public
/// registry apply: 1 to 64 ASCII letters, digits, `-` and `_`, the first a letter.
///
/// @param published name as its author wrote it, in its original case: `Inflector`
public record CrateName(String published) implements Comparable<CrateName> {
  /// The maximum length of a name in the public registry, in characters.
  public static final int MAX_LENGTH = 64;

  /// Checks the form.
  ///
  /// @throws MalformedException if the text is not a crate name
  public CrateName {
    if (!isValid(published)) {
      throw new MalformedException(
          "cannot read crate name '"
              + Excerpt.of(published)
              + "': expected 1 to 64 ASCII letters, digits, '-' or '_', the first one a letter");
    }
  }

  /// Parses a name.
  ///
  /// @param text name as published
  /// @throws MalformedException if the text is not a crate name
  public static CrateName parse(String text) {
    return new CrateName(text);
  }

  /// Returns whether a text is a crate name.
  public static boolean isValid(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH || !isLetter(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isLetter(c) && !(c >= '0' && c <= '9') && c != '-' && c != '_') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /// Returns the name of the crate's index file: lower case, with `-` and `_` kept distinct.
  public String indexName() {
    return published.toLowerCase(Locale.ROOT);
  }

  /// Returns the key by which the registry detects collisions: lower case, with `-` as `_`.
  public String collisionKey() {
    return indexName().replace('-', '_');
  }

  /// Compares by collision key, then by the published name; consistent with equality.
  @Override
  public int compareTo(CrateName other) {
    int byKey = collisionKey().compareTo(other.collisionKey());
    return byKey != 0 ? byKey : published.compareTo(other.published);
  }

  /// Returns the name as published.
  @Override
  public String toString() {
    return published;
  }
}

package lazaret.vetting.crates;

import java.util.Locale;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;

/// The name of a crate in the registry, in its three forms. Names are equal when they are published
/// alike, case included; two different names with one collision key cannot both exist upstream.
///
/// Source: Cargo reference, *Registry Index*, *Name restrictions*; the rules of the public
/// registry, which are the stricter ones: 1 to 64 ASCII letters, digits, `-` and `_`, the first a
/// letter.
///
/// @param published the name as its author wrote it, case kept: `Inflector`
public record CrateName(String published) implements Comparable<CrateName> {
  /// The longest name that the public registry takes, in characters.
  public static final int MAX_LENGTH = 64;

  /// Checks the form.
  ///
  /// @throws MalformedException if the text is no name of a crate
  public CrateName {
    if (!isValid(published)) {
      throw new MalformedException(
          "cannot read crate name '"
              + Excerpt.of(published)
              + "': expected 1 to 64 ASCII letters, digits, '-' or '_', the first one a letter");
    }
  }

  /// Reads a name.
  ///
  /// @param text the name as published
  /// @throws MalformedException if the text is no name of a crate
  public static CrateName parse(String text) {
    return new CrateName(text);
  }

  /// Tells whether a text is the name of a crate.
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

  /// Returns the name of the crate's index file: lower case, `-` and `_` kept apart.
  public String indexName() {
    return published.toLowerCase(Locale.ROOT);
  }

  /// Returns the key under which the registry sees collisions: lower case, `-` written as `_`.
  public String collisionKey() {
    return indexName().replace('-', '_');
  }

  /// Orders by collision key, then as published: consistent with equality.
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

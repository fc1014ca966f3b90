package lazaret.mirror.config;

/// One mistake in the configuration.
///
/// @param origin where it stands
/// @param text what is wrong and what was expected
public record Mistake(Origin origin, String text) {
  /// Returns `file:line:column: text`, or the name of the option or variable in place of the file.
  @Override
  public String toString() {
    return origin + ": " + text;
  }
}

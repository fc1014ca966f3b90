package lazaret.mirror.config;

/// One mistake in the configuration.
///
/// @param origin the place of the mistake
/// @param text the mistake and the expected form
public record ConfigMistake(ConfigOrigin origin, String text) {
  /// Returns `file:line:column: text`, or the name of the option or variable in place of the file.
  @Override
  public String toString() {
    return origin + ": " + text;
  }
}

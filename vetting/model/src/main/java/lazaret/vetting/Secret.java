package lazaret.vetting;

/// A token or a passphrase. [#toString] hides the text, so that it cannot become part of a message,
/// a log line or an exception.
///
/// @param text the secret
public record Secret(String text) {
  /// Returns a fixed text instead of the secret.
  @Override
  public String toString() {
    return "(secret)";
  }
}

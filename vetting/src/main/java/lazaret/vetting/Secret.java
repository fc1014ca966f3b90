package lazaret.vetting;

/// A token or a passphrase. Its text is never part of a message, a log line or an exception,
/// because [#toString] hides it.
///
/// @param text the secret itself
public record Secret(String text) {
  /// Hides the secret.
  @Override
  public String toString() {
    return "(secret)";
  }
}

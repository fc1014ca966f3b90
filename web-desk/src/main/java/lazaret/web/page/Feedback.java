package lazaret.web.page;

/// A sentence above the form that caused it.
///
/// @param level `good`, `warn` or `bad`
/// @param bold the first sentence
/// @param rest further sentences; empty if there are none
public record Feedback(String level, String bold, String rest) {
  /// Returns the icon.
  public String icon() {
    return level.equals("good") ? "allow" : "warn";
  }

  /// Returns the role: an alert if nothing was recorded.
  public String role() {
    return level.equals("bad") ? "alert" : "status";
  }
}

package lazaret.web.review;

/// The result of a decision form.
///
/// @param level `good`, `warn` or `bad`
/// @param bold the first sentence
/// @param rest further sentences; empty if there are none
/// @param back the address of the form that takes the decision back; empty if there is none
/// @param next the address of the next review; empty if there is none
/// @param nextWords the next version with its lines
public record SayView(
    String level, String bold, String rest, String back, String next, String nextWords) {
  /// Creates a result without links.
  static SayView of(String level, String bold, String rest) {
    return new SayView(level, bold, rest, "", "", "");
  }

  /// Returns the icon.
  public String icon() {
    return level.equals("good") ? "allow" : "warn";
  }

  /// Returns the role: an alert if nothing was recorded.
  public String role() {
    return level.equals("bad") ? "alert" : "status";
  }
}

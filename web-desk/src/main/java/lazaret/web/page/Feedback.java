package lazaret.web.page;

import org.jspecify.annotations.Nullable;

/// A sentence above the form that caused it. It may contain texts of others.
///
/// @param level `good`, `warn` or `bad`
/// @param bold the first sentence
/// @param rest further sentences; empty if there are none
/// @param links the links after a recorded decision; null if there are none
public record Feedback(String level, String bold, String rest, @Nullable Links links) {
  /// Creates a sentence without links.
  public Feedback(String level, String bold, String rest) {
    this(level, bold, rest, null);
  }

  /// The links after a recorded decision.
  ///
  /// @param back the address of the form that takes the decision back
  /// @param next the address of the next review; empty if there is none
  /// @param words the next version with its lines
  public record Links(String back, String next, String words) {}

  /// Returns the icon.
  public String icon() {
    return level.equals("good") ? "allow" : "warn";
  }

  /// Returns the role: an alert if nothing was recorded.
  public String role() {
    return level.equals("bad") ? "alert" : "status";
  }
}

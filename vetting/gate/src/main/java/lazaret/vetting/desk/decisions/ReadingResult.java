package lazaret.vetting.desk.decisions;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The result of a check of what a person has read.
///
/// @param shares the lines that the person has read, for each role of content: `build-script 29/29`
/// @param refusal the clause that refuses the approval; null if the policy is met
public record ReadingResult(List<String> shares, @Nullable String refusal) {
  /// Nothing was read, and nothing is required.
  public static final ReadingResult NONE = new ReadingResult(List.of(), null);

  /// Copies the list.
  public ReadingResult {
    shares = List.copyOf(shares);
  }

  /// Returns a refusal.
  static ReadingResult refused(String detail) {
    return new ReadingResult(List.of(), detail);
  }
}

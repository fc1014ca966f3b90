package lazaret.web.review;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The form that approves all versions of a list that are not served, in one decision.
///
/// @param picks the versions, `NAME@VERSION@SHA-256`, at least one
/// @param fields the fields
/// @param mistakes the mistakes by field
public record ClosureView(List<String> picks, DecisionFields fields, Map<String, String> mistakes) {
  public ClosureView {
    picks = List.copyOf(picks);
    mistakes = Map.copyOf(mistakes);
  }

  /// Returns the mistake in a field; null if there is none.
  public @Nullable String mistake(String field) {
    return mistakes.get(field);
  }

  /// Returns whether an end is chosen.
  public boolean endsIn(String value) {
    return fields.ends().equals(value);
  }
}

package lazaret.signin.workload;

import java.util.Map;
import java.util.Optional;
import lazaret.vetting.Excerpt;
import org.jspecify.annotations.Nullable;

/// The claims of a token as texts. Issuers write ids as texts or numbers, and flags as texts or
/// booleans.
record WorkloadClaims(Map<String, Object> values) {
  private static final int MAX_LENGTH = 2_000;

  /// Returns the value of a claim. Empty if it is absent, longer than 2,000 characters, or neither
  /// a text, an integer nor a boolean.
  Optional<String> text(String claim) {
    Object value = values.get(claim);
    if (value instanceof String || value instanceof Long || value instanceof Boolean) {
      return Optional.of(value.toString()).filter(text -> text.length() <= MAX_LENGTH);
    }
    return value instanceof Integer ? Optional.of(value.toString()) : Optional.empty();
  }

  /// Returns the value of a claim for a message or the ledger: printable and short. Null if it is
  /// absent or empty.
  @Nullable String excerpt(String claim) {
    return text(claim).filter(text -> !text.isBlank()).map(Excerpt::of).orElse(null);
  }
}

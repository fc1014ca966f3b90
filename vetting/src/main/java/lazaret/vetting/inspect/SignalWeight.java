package lazaret.vetting.inspect;

import java.util.Arrays;
import java.util.Optional;

/// How much a signal weighs, from the rate at which it was met in crates that are known to be good.
/// The order is that of rising weight.
public enum SignalWeight {
  /// Worth knowing; common in good crates.
  NOTE,
  /// A person should look: met in a few good crates of a hundred, or of a thousand.
  REVIEW,
  /// Hardly ever met in good crates.
  HIGH,
  /// Never met in good crates, and known from bad ones: the bytes of an attack.
  BLOCK;

  /// Returns the lower-case word.
  public String word() {
    return switch (this) {
      case NOTE -> "note";
      case REVIEW -> "review";
      case HIGH -> "high";
      case BLOCK -> "block";
    };
  }

  /// Finds a weight by its word; empty for one of another version.
  public static Optional<SignalWeight> find(String word) {
    return Arrays.stream(values()).filter(weight -> weight.word().equals(word)).findFirst();
  }
}

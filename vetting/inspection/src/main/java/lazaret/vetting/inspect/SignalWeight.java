package lazaret.vetting.inspect;

import java.util.Arrays;
import java.util.Optional;

/// The weight of a signal, from its frequency in crates that are known to be good. The order is by
/// increasing weight.
public enum SignalWeight {
  /// Information that is common in good crates.
  NOTE,
  /// A finding that a person should read, met in up to a few good crates of a hundred or a
  /// thousand.
  REVIEW,
  /// A finding that is rare in good crates.
  HIGH,
  /// A finding that is unknown in good crates and known from bad ones: the bytes of an attack.
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

  /// Returns the weight of a word, or empty if another version defined it.
  public static Optional<SignalWeight> find(String word) {
    return Arrays.stream(values()).filter(weight -> weight.word().equals(word)).findFirst();
  }
}

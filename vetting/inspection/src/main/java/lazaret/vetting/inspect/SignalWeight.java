package lazaret.vetting.inspect;

import java.util.Optional;
import lazaret.vetting.text.Coded;

/// The weight of a signal, from its frequency in crates that are known to be good. The order is by
/// increasing weight.
public enum SignalWeight implements Coded {
  /// Information that is common in good crates.
  NOTE("note"),
  /// A finding that a person should read, met in up to a few good crates of a hundred or a
  /// thousand.
  REVIEW("review"),
  /// A finding that is rare in good crates.
  HIGH("high"),
  /// A finding that is unknown in good crates and known from bad ones: the bytes of an attack.
  BLOCK("block");

  private final String code;

  SignalWeight(String code) {
    this.code = code;
  }

  /// Returns the lower-case word; stable, so that it can be stored.
  @Override
  public String code() {
    return code;
  }

  /// Returns the weight of a word, or empty if another version defined it.
  public static Optional<SignalWeight> find(String code) {
    return Coded.find(SignalWeight.class, code);
  }
}

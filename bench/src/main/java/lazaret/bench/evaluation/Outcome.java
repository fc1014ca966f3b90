package lazaret.bench.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.Signal;
import lazaret.vetting.inspect.SignalWeight;

/// The outcome of one fixture or artifact.
///
/// @param level level at which it is held
/// @param codes codes of the signals at that level, sorted
record Outcome(Level level, Set<String> codes) {
  /// The levels at which a version is held, in ascending order.
  enum Level {
    /// Without findings.
    CLEAN,
    /// With findings that do not hold it.
    NOTE,
    /// Waiting; time alone releases it.
    WAIT,
    /// A person must review it.
    REVIEW,
    /// A person must review it because of a finding that good crates hardly ever have.
    HIGH,
    /// Denied.
    BLOCK;

    /// Returns the lower-case word.
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Copies the codes.
  Outcome {
    codes = new TreeSet<>(codes);
  }

  /// The outcome without findings.
  static final Outcome CLEAN = new Outcome(Level.CLEAN, Set.of());

  /// Returns whether a person must review the version before it is served.
  boolean stored() {
    return level.compareTo(Level.REVIEW) >= 0;
  }

  /// Returns the heavier of two outcomes, with the codes of both if their levels are equal.
  Outcome and(Outcome other) {
    int order = level.compareTo(other.level);
    if (order != 0) {
      return order > 0 ? this : other;
    }
    Set<String> both = new TreeSet<>(codes);
    both.addAll(other.codes);
    return new Outcome(level, both);
  }

  /// Returns the outcome of inspection alone: all signals of the heaviest weight.
  static Outcome of(Findings findings) {
    if (!findings.conformant()) {
      return new Outcome(Level.BLOCK, Set.of("archive"));
    }
    return of(findings.signals());
  }

  /// Returns the outcome of signals: those of the heaviest weight.
  static Outcome of(List<Signal> signals) {
    SignalWeight heaviest =
        signals.stream().map(Signal::weight).max(SignalWeight::compareTo).orElse(null);
    if (heaviest == null) {
      return CLEAN;
    }
    return new Outcome(
        level(heaviest),
        signals.stream()
            .filter(s -> s.weight() == heaviest)
            .map(s -> s.code().toString())
            .collect(Collectors.toSet()));
  }

  private static Level level(SignalWeight weight) {
    return switch (weight) {
      case NOTE -> Level.NOTE;
      case REVIEW -> Level.REVIEW;
      case HIGH -> Level.HIGH;
      case BLOCK -> Level.BLOCK;
    };
  }

  /// Returns the form `high: build-network, build-shell`.
  @Override
  public String toString() {
    return codes.isEmpty() ? level.word() : level.word() + ": " + String.join(", ", codes);
  }
}

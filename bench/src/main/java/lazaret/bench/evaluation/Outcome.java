package lazaret.bench.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.Signal;
import lazaret.vetting.inspect.SignalWeight;

/// What became of one fixture or artefact.
///
/// @param level how it is held
/// @param codes of what holds it, or of what was noted where nothing does, sorted
record Outcome(Level level, Set<String> codes) {
  /// How a version is held, rising.
  enum Level {
    /// Nothing was found.
    CLEAN,
    /// Something was told that holds nothing.
    NOTE,
    /// It waits, and time alone releases it.
    WAIT,
    /// A person looks.
    REVIEW,
    /// A person looks, at something that good crates hardly ever have.
    HIGH,
    /// It is denied.
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

  /// Nothing found.
  static final Outcome CLEAN = new Outcome(Level.CLEAN, Set.of());

  /// Tells whether a person must look before it is served.
  boolean held() {
    return level.compareTo(Level.REVIEW) >= 0;
  }

  /// Returns the heavier of two, with the codes of both where they weigh the same.
  Outcome and(Outcome other) {
    int order = level.compareTo(other.level);
    if (order != 0) {
      return order > 0 ? this : other;
    }
    Set<String> both = new TreeSet<>(codes);
    both.addAll(other.codes);
    return new Outcome(level, both);
  }

  /// Returns what inspection alone makes of a crate: all signals of its heaviest weight.
  static Outcome of(Findings findings) {
    if (!findings.conformant()) {
      return new Outcome(Level.BLOCK, Set.of("archive"));
    }
    return of(findings.signals());
  }

  /// Returns what signals make of a crate: those that weigh most.
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

  /// Returns `high: build-network, build-shell`.
  @Override
  public String toString() {
    return codes.isEmpty() ? level.word() : level.word() + ": " + String.join(", ", codes);
  }
}

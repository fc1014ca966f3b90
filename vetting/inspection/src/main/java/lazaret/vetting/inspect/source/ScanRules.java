package lazaret.vetting.inspect.source;

import java.util.List;
import lazaret.vetting.Deadline;
import org.jspecify.annotations.Nullable;

/// The rules for sources and other files. Immutable; created once per set of indicators.
public final class ScanRules {
  /// The rules without indicators.
  public static final ScanRules WITHOUT_IOCS = new ScanRules(List.of());

  /// The number of tokens after which the rest of a source is not read.
  static final int MAX_TOKENS = 1 << 20;

  private final SuspiciousLiterals clues;
  private final LiteralDecoder decoding;
  private final List<String> iocs;

  /// Creates rules.
  ///
  /// @param iocs the texts of a feed that no file may contain, at least five characters each
  public ScanRules(List<String> iocs) {
    this.iocs = List.copyOf(iocs);
    clues = new SuspiciousLiterals(this.iocs);
    decoding = new LiteralDecoder(clues);
  }

  SuspiciousLiterals clues() {
    return clues;
  }

  LiteralDecoder decoding() {
    return decoding;
  }

  /// Returns the texts of the feed.
  public List<String> iocs() {
    return iocs;
  }

  /// Returns a reader for the sources of one crate.
  ///
  /// @param deadline the time at which to stop; the facts of the current source are then not whole
  public SourceReader reader(Deadline deadline) {
    return reader(deadline, OccurrenceBudget.none());
  }

  /// Returns a reader for the sources of one crate that keeps more occurrences than an inspection.
  ///
  /// @param deadline the time at which to stop; the facts of the current source are then not whole
  /// @param budget the budget for occurrences after the first few
  public SourceReader reader(Deadline deadline, OccurrenceBudget budget) {
    return new SourceReader(this, deadline, budget);
  }

  /// Returns the capability of a dependency on a crate, or null if it has none.
  ///
  /// @param crate the name of the crate in any spelling
  public static @Nullable Capability ofCrate(String crate) {
    return Vocabulary.PATHS.crate(crate);
  }
}

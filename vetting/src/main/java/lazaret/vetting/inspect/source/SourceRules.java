package lazaret.vetting.inspect.source;

import java.util.List;
import lazaret.vetting.Deadline;
import org.jspecify.annotations.Nullable;

/// What sources and other files are looked at for. Immutable; made once per set of indicators.
public final class SourceRules {
  /// The rules without indicators.
  public static final SourceRules WITHOUT_IOCS = new SourceRules(List.of());

  /// After how many tokens a source is not read on.
  static final int MAX_TOKENS = 1 << 20;

  private final Clues clues;
  private final Decoding decoding;
  private final List<String> iocs;

  /// Makes rules.
  ///
  /// @param iocs texts of a feed that no file may hold, at least five characters each
  public SourceRules(List<String> iocs) {
    this.iocs = List.copyOf(iocs);
    clues = new Clues(this.iocs);
    decoding = new Decoding(clues);
  }

  Clues clues() {
    return clues;
  }

  Decoding decoding() {
    return decoding;
  }

  /// Returns the texts of the feed.
  public List<String> iocs() {
    return iocs;
  }

  /// Returns a reader for the sources of one crate.
  ///
  /// @param deadline when to stop: what is being read then is not whole
  public SourceReader reader(Deadline deadline) {
    return new SourceReader(this, deadline);
  }

  /// Tells what depending on a crate gives; null where it is nothing that is looked for.
  ///
  /// @param crate its name in any spelling
  public static @Nullable Capability ofCrate(String crate) {
    return Vocabulary.PATHS.crate(crate);
  }
}

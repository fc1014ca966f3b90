package lazaret.vetting.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;

/// Searches the names of held crates. One search reads at most a few hundred summaries and a
/// bounded number of index lines, however many crates match. Thread-safe.
public final class CrateSearch {
  /// The most that one search returns.
  public static final int MAX_HITS = 100;

  /// How many names are looked at beyond those that are returned: crates without a served version
  /// are passed over.
  private static final int SPARE = 100;

  /// How many versions may be judged for one search where summaries are out of date. One crate may
  /// go beyond it.
  private static final int MAX_JUDGED = 500;

  private final NameIndex names;
  private final Crates crates;

  /// Creates a search.
  public CrateSearch(NameIndex names, Crates crates) {
    this.names = names;
    this.crates = crates;
  }

  /// The held crates, as a search needs them.
  public interface Crates {
    /// Returns the summary that is kept of a crate; empty where none is.
    Optional<CrateSummary> summary(CrateName name);

    /// Returns whether a summary is right now.
    boolean holds(CrateSummary summary);

    /// Makes the summary of a crate from its index file; empty where it is not held.
    Optional<CrateSummary> summarize(CrateName name);
  }

  /// Searches names, without regard to case and the two dashes. A crate whose summary is out of
  /// date is judged again as long as that takes little; then the version shown is the newest served
  /// of when the crate was last judged.
  ///
  /// @param words part of a name; empty finds everything
  /// @param limit at most this many are returned, 1 to [#MAX_HITS]
  public SearchResult search(String words, int limit) {
    int wanted = Math.clamp(limit, 1, MAX_HITS);
    String key = words.toLowerCase(Locale.ROOT).replace('-', '_');
    NameIndex.Matches matches = names.find(key, wanted + SPARE);
    List<SearchResult.Hit> hits = new ArrayList<>();
    long judged = 0;
    for (String match : matches.keys()) {
      if (hits.size() == wanted) {
        break;
      }
      CrateName name = CrateName.parse(match);
      CrateSummary summary = crates.summary(name).orElse(null);
      if ((summary == null || !crates.holds(summary)) && judged < MAX_JUDGED) {
        summary = crates.summarize(name).orElse(null);
        judged += summary == null ? 1 : summary.versions();
      }
      CrateVersion newest = summary == null ? null : summary.newest();
      if (summary != null && newest != null) {
        hits.add(new SearchResult.Hit(summary.name(), newest));
      }
    }
    return new SearchResult(hits, matches.total());
  }
}

package lazaret.vetting.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import org.jspecify.annotations.Nullable;

/// The search for names of stored crates. One search reads at most a few hundred summaries and a
/// bounded number of index lines, regardless of the number of matches. Thread-safe.
public final class CrateSearch {
  /// The maximum number of results of one search.
  public static final int MAX_HITS = 100;

  /// The number of names that are checked in addition to the results, since crates without a served
  /// version are skipped.
  private static final int SPARE = 100;

  /// The number of versions that may be evaluated for one search because of outdated summaries. One
  /// crate may exceed it.
  private static final int MAX_JUDGED = 500;

  private final CrateNameIndex names;
  private final Crates crates;

  /// Creates a search.
  public CrateSearch(CrateNameIndex names, Crates crates) {
    this.names = names;
    this.crates = crates;
  }

  /// The selection of the crates of one registry by their collision keys.
  @FunctionalInterface
  public interface Selection {
    /// Returns the condition for a result among the keys that contain a text, or null if all are
    /// results.
    @Nullable Predicate<String> among(String words);
  }

  /// The stored crates, as a search needs them.
  public interface Crates {
    /// Returns the stored summary of a crate, or empty if there is none.
    Optional<CrateSummary> summary(CrateName name);

    /// Returns whether a summary is current.
    boolean holds(CrateSummary summary);

    /// Builds the summary of a crate from its index file. Empty if the crate is not stored.
    Optional<CrateSummary> summarize(CrateName name);
  }

  /// Searches names. Case and the difference between `-` and `_` are ignored. A crate with an
  /// outdated summary is evaluated again within a limit. Beyond it, the newest served version of
  /// the last evaluation is shown.
  ///
  /// @param words a part of a name; empty finds all crates
  /// @param limit the maximum number of results, 1 to [#MAX_HITS]
  /// @param from the crates that are found and counted. Others do not change the result.
  public SearchResult search(String words, int limit, Selection from) {
    List<SearchResult.Hit> hits = new ArrayList<>();
    long total =
        visit(
            words,
            limit,
            from,
            summary -> {
              CrateVersion newest = summary.newest();
              return newest != null && hits.add(new SearchResult.Hit(summary.name(), newest));
            });
    return new SearchResult(hits, total);
  }

  /// Searches names like [#search], and finds crates without a served version, too.
  ///
  /// @param found receives the summaries, the best first
  /// @return the number of matching names
  public long searchAll(String words, int limit, Consumer<CrateSummary> found) {
    return visit(
        words,
        limit,
        _ -> null,
        summary -> {
          found.accept(summary);
          return true;
        });
  }

  /// Reads the summaries of matching crates until enough are accepted.
  ///
  /// @return the number of matching names
  private long visit(String words, int limit, Selection from, Predicate<CrateSummary> accepts) {
    int wanted = Math.clamp(limit, 1, MAX_HITS);
    String key = words.toLowerCase(Locale.ROOT).replace('-', '_');
    CrateNameIndex.Matches matches = names.find(key, wanted + SPARE, from.among(key));
    int accepted = 0;
    long judged = 0;
    for (String match : matches.keys()) {
      if (accepted == wanted) {
        break;
      }
      CrateName name = CrateName.parse(match);
      CrateSummary summary = crates.summary(name).orElse(null);
      if ((summary == null || !crates.holds(summary)) && judged < MAX_JUDGED) {
        summary = crates.summarize(name).orElse(null);
        judged += summary == null ? 1 : summary.versions();
      }
      if (summary != null && accepts.test(summary)) {
        accepted++;
      }
    }
    return matches.total();
  }
}

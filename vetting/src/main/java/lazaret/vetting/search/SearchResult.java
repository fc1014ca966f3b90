package lazaret.vetting.search;

import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;

/// The answer to a search of names.
///
/// @param hits crates with a version that is served: the exact name first, then names that begin
///   with the words, then others, each by name
/// @param total how many names match, those of crates without a served version among them
public record SearchResult(List<Hit> hits, long total) {
  /// Copies the list.
  public SearchResult {
    hits = List.copyOf(hits);
  }

  /// One crate.
  ///
  /// @param name as published
  /// @param newest the newest version that is served
  public record Hit(CrateName name, CrateVersion newest) {}
}

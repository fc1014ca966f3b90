package lazaret.vetting.search;

import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;

/// The result of a search for names.
///
/// @param hits the crates with a served version: the exact name first, then names that begin with
///   the words, then others, each by name
/// @param total the number of matching names, including those of crates without a served version
public record SearchResult(List<Hit> hits, long total) {
  /// Copies the list.
  public SearchResult {
    hits = List.copyOf(hits);
  }

  /// A crate in the result.
  ///
  /// @param name the name as published
  /// @param newest the newest served version
  public record Hit(CrateName name, CrateVersion newest) {}
}

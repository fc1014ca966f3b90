package lazaret.vetting.audit;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// An entry of `[imports.NICK]` in `config.toml`: a peer whose audits are taken.
///
/// @param url the addresses of its `audits.toml`; several are read as one
/// @param exclude crates whose audits and violations are not taken
/// @param criteriaMap local criteria by the peer's
public record RemoteImport(
    List<String> url, List<String> exclude, SortedMap<String, List<String>> criteriaMap) {
  /// Copies the collections.
  public RemoteImport {
    url = List.copyOf(url);
    exclude = List.copyOf(exclude);
    criteriaMap = Collections.unmodifiableSortedMap(new TreeMap<>(criteriaMap));
  }
}

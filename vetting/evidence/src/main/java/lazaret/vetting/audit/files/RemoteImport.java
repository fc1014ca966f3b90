package lazaret.vetting.audit.files;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// An entry of `[imports.NICK]` in `config.toml`: a peer whose audits are imported.
///
/// @param url addresses of its `audits.toml`; several are read as one
/// @param exclude crates whose audits and violations are not imported
/// @param criteriaMap local criteria by the peer's criteria
public record RemoteImport(
    List<String> url, List<String> exclude, SortedMap<String, List<String>> criteriaMap) {
  /// Copies the collections.
  public RemoteImport {
    url = List.copyOf(url);
    exclude = List.copyOf(exclude);
    criteriaMap = Collections.unmodifiableSortedMap(new TreeMap<>(criteriaMap));
  }
}

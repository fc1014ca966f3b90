package lazaret.vetting.audit.files;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The data of a search, in the local criteria.
///
/// @param local our own audits and the known criteria
/// @param imports audits of peers by nickname, in local criteria
/// @param exemptions exemptions by crate
/// @param publications publishers of versions, by crate
/// @param unpublished versions that were audited under another number, by crate
public record VetStore(
    AuditsFile local,
    SortedMap<String, AuditsFile> imports,
    SortedMap<String, List<Exemption>> exemptions,
    SortedMap<String, List<VetPublication>> publications,
    SortedMap<String, List<Unpublished>> unpublished) {
  /// A store without entries.
  public static final VetStore EMPTY = of(AuditsFile.EMPTY, new TreeMap<>());

  /// Copies the maps and drops crates without entries.
  public VetStore {
    imports = Collections.unmodifiableSortedMap(new TreeMap<>(imports));
    exemptions = AuditsFile.tidied(exemptions);
    publications = AuditsFile.tidied(publications);
    unpublished = AuditsFile.tidied(unpublished);
  }

  /// Returns a store with audits only.
  ///
  /// @param local our own audits
  /// @param imports audits of peers by nickname, in local criteria
  public static VetStore of(AuditsFile local, SortedMap<String, AuditsFile> imports) {
    return new VetStore(local, imports, new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
  }
}

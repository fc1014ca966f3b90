package lazaret.vetting.audit;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Everything that a search looks at, in the words of the local criteria.
///
/// @param local our own audits, and the criteria that are known
/// @param imports the peers' audits by nickname, their criteria already translated
/// @param exemptions exemptions by crate
/// @param publications who published what, by crate
/// @param unpublished versions that were audited under another number, by crate
public record VetStore(
    AuditsFile local,
    SortedMap<String, AuditsFile> imports,
    SortedMap<String, List<Exemption>> exemptions,
    SortedMap<String, List<Publication>> publications,
    SortedMap<String, List<Unpublished>> unpublished) {
  /// A store in which nothing is said of anything.
  public static final VetStore EMPTY = of(AuditsFile.EMPTY, new TreeMap<>());

  /// Copies the maps and drops crates without entries.
  public VetStore {
    imports = Collections.unmodifiableSortedMap(new TreeMap<>(imports));
    exemptions = AuditsFile.tidied(exemptions);
    publications = AuditsFile.tidied(publications);
    unpublished = AuditsFile.tidied(unpublished);
  }

  /// Returns a store of audits alone.
  ///
  /// @param local our own audits
  /// @param imports the peers' audits by nickname, their criteria already translated
  public static VetStore of(AuditsFile local, SortedMap<String, AuditsFile> imports) {
    return new VetStore(local, imports, new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
  }
}

package lazaret.vetting.audit.files;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// `audits.toml`, the file of a store that others import. The maps are sorted as in cargo-vet, by
/// the bytes of their keys. Crates have the names in the file.
///
/// @param criteria criteria by name, without the two built-in ones
/// @param wildcardAudits wildcard audits by crate
/// @param audits audits and violations by crate
/// @param trusted trusted publishers by crate
public record AuditsFile(
    SortedMap<String, CriteriaEntry> criteria,
    SortedMap<String, List<WildcardEntry>> wildcardAudits,
    SortedMap<String, List<AuditEntry>> audits,
    SortedMap<String, List<TrustEntry>> trusted) {
  /// A file without entries.
  public static final AuditsFile EMPTY =
      new AuditsFile(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

  /// Copies the maps and drops crates without entries.
  public AuditsFile {
    criteria = Collections.unmodifiableSortedMap(new TreeMap<>(criteria));
    wildcardAudits = tidied(wildcardAudits);
    audits = tidied(audits);
    trusted = tidied(trusted);
  }

  /// Returns the number of entries, without criteria.
  public int size() {
    return count(wildcardAudits) + count(audits) + count(trusted);
  }

  private static int count(SortedMap<String, ? extends List<?>> entries) {
    return entries.values().stream().mapToInt(List::size).sum();
  }

  /// Returns an unmodifiable copy without empty lists.
  static <T> SortedMap<String, List<T>> tidied(SortedMap<String, List<T>> entries) {
    var copy = new TreeMap<String, List<T>>(VetOrder.BYTES);
    entries.forEach(
        (crate, list) -> {
          if (!list.isEmpty()) {
            copy.put(crate, List.copyOf(list));
          }
        });
    return Collections.unmodifiableSortedMap(copy);
  }
}

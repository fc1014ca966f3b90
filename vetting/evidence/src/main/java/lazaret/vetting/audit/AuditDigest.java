package lazaret.vetting.audit;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import lazaret.vetting.Bytes;
import lazaret.vetting.audit.files.AuditsFile;
import lazaret.vetting.audit.files.CriteriaEntry;
import lazaret.vetting.audit.files.VetStore;
import lazaret.vetting.crates.Sha256;

/// A digest of all entries of a store for one crate.
final class AuditDigest {
  private AuditDigest() {}

  static Sha256 of(VetStore store, ImportedChecksums seen, String key, List<String> names) {
    var said =
        new VetStore(
            of(store.local(), store.local().criteria(), names),
            imports(store, names),
            only(store.exemptions(), names),
            only(store.publications(), names),
            only(store.unpublished(), names));
    return Sha256.of(Bytes.utf8(said + "\n" + seen.ofCrate(key)));
  }

  private static AuditsFile of(
      AuditsFile file, SortedMap<String, CriteriaEntry> criteria, List<String> names) {
    return new AuditsFile(
        criteria,
        only(file.wildcardAudits(), names),
        only(file.audits(), names),
        only(file.trusted(), names));
  }

  private static SortedMap<String, AuditsFile> imports(VetStore store, List<String> names) {
    var imports = new TreeMap<String, AuditsFile>();
    store.imports().forEach((peer, file) -> imports.put(peer, of(file, new TreeMap<>(), names)));
    return imports;
  }

  private static <T> SortedMap<String, List<T>> only(
      SortedMap<String, List<T>> byCrate, List<String> names) {
    var kept = new TreeMap<String, List<T>>();
    for (String name : names) {
      kept.put(name, byCrate.getOrDefault(name, List.of()));
    }
    return kept;
  }
}

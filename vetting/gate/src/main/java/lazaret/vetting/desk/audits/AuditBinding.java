package lazaret.vetting.desk.audits;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import lazaret.vetting.audit.files.AuditKind;
import lazaret.vetting.audit.files.AuditsFile;
import lazaret.vetting.audit.files.VetStore;
import lazaret.vetting.audit.files.VetVersion;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.index.StoredLine;

/// The binding of audits to checksums. Entries of cargo-vet name versions without checksums, so the
/// checksums in the index are recorded when audits are imported.
final class AuditBinding {
  private AuditBinding() {}

  /// Binds every single version that a store names and the index lists.
  ///
  /// @return the checksums by exact version text, by the crate's collision key
  static SortedMap<String, SortedMap<String, Sha256>> of(VetStore store, Store index) {
    var versions = new TreeMap<String, Set<String>>();
    store.imports().values().forEach(file -> audits(file, versions));
    store
        .exemptions()
        .forEach((crate, list) -> list.forEach(e -> add(crate, e.version(), versions)));
    store
        .publications()
        .forEach((crate, list) -> list.forEach(p -> add(crate, p.version(), versions)));
    var seen = new TreeMap<String, SortedMap<String, Sha256>>();
    versions.forEach(
        (crate, spoken) -> {
          if (CrateName.isValid(crate)) {
            CrateName name = CrateName.parse(crate);
            var bound = bound(name, spoken, index);
            if (!bound.isEmpty()) {
              seen.computeIfAbsent(name.collisionKey(), _ -> new TreeMap<>()).putAll(bound);
            }
          }
        });
    return seen;
  }

  private static void audits(AuditsFile file, Map<String, Set<String>> versions) {
    file.audits()
        .forEach(
            (crate, entries) ->
                entries.stream()
                    .flatMap(entry -> versions(entry.kind()))
                    .forEach(version -> add(crate, version, versions)));
  }

  private static Stream<VetVersion> versions(AuditKind kind) {
    return switch (kind) {
      case AuditKind.Full(var version) -> Stream.of(version);
      case AuditKind.Delta(var from, var to) -> Stream.of(from, to);
      case AuditKind.Violation _ -> Stream.of();
    };
  }

  private static void add(String crate, VetVersion version, Map<String, Set<String>> versions) {
    versions.computeIfAbsent(crate, _ -> new TreeSet<>()).add(version.toString());
  }

  private static Map<String, Sha256> bound(CrateName name, Set<String> spoken, Store index) {
    var bound = new HashMap<String, Sha256>();
    index
        .crate(name)
        .ifPresent(
            crate -> {
              for (StoredLine line : crate.lines()) {
                String version = line.entry().version().text();
                if (spoken.contains(version)) {
                  bound.put(version, line.entry().cksum());
                }
              }
            });
    return bound;
  }
}

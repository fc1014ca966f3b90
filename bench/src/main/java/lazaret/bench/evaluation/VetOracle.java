package lazaret.bench.evaluation;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lazaret.vetting.Bytes;
import lazaret.vetting.audit.AuditSet;
import lazaret.vetting.audit.AuditVerdict;
import lazaret.vetting.audit.ImportedChecksums;
import lazaret.vetting.audit.files.AuditsFile;
import lazaret.vetting.audit.files.Criteria;
import lazaret.vetting.audit.files.PeerAudits;
import lazaret.vetting.audit.files.VetStore;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.DependencyKind;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.lockfile.LockedPackageId;

/// A comparison with cargo-vet's verdicts on every package of every shared lockfile.
///
/// @param shared the shared data
record VetOracle(Shared shared) {
  private static final String PROGRAM = "hyperfine";
  private static final String VERSION = "1.19.0";
  private static final Sha256 ANY = Sha256.of(Bytes.utf8("any"));

  /// Compares the verdicts.
  AgreementCount verdicts() {
    AgreementCount tally =
        new AgreementCount("cargo-vet 0.10.3", "package against two public audit sets");
    AuditSet set = publicSets();
    Set<String> development = onlyForDevelopment();
    for (String[] cells : shared.rows("cargo-vet.tsv")) {
      boolean lesser =
          cells[0].startsWith(PROGRAM) && development.contains(cells[2] + ' ' + cells[3]);
      String criteria = lesser ? Criteria.SAFE_TO_RUN : cells[1];
      boolean passes =
          set.verdict(
                  CrateName.parse(cells[2]), CrateVersion.parse(cells[3]), ANY, List.of(criteria))
              instanceof AuditVerdict.Fully;
      tally.count(String.join(" ", cells), passes == cells[4].equals("pass"));
    }
    tally.explain("what only development needs is asked for `safe-to-run`, as the tool does");
    return tally;
  }

  /// Returns the packages that the program needs only for its tests. It is the only program of the
  /// slice whose lockfile has such packages.
  private Set<String> onlyForDevelopment() {
    Map<LockedPackageId, LockedPackage> packages = new HashMap<>();
    shared
        .lockfile(PROGRAM + "-" + VERSION + "/Cargo.lock")
        .packages()
        .forEach(p -> packages.put(p.id(), p));
    Set<String> needed =
        IndexFile.parse(
                CrateName.parse(PROGRAM),
                shared.file("upstream/index/hy/pe/" + PROGRAM),
                IndexLimits.DEFAULT)
            .entries()
            .stream()
            .filter(entry -> entry.version().text().equals(VERSION))
            .flatMap(entry -> entry.deps().stream())
            .filter(dependency -> dependency.kind() != DependencyKind.DEV)
            .map(dependency -> dependency.packageName().published())
            .collect(Collectors.toSet());
    var reached = new HashSet<LockedPackageId>();
    var open = new ArrayDeque<LockedPackageId>();
    packages.values().stream()
        .filter(p -> p.name().equals(PROGRAM))
        .flatMap(p -> p.dependencies().stream())
        .filter(id -> needed.contains(id.name()))
        .forEach(open::add);
    while (!open.isEmpty()) {
      LockedPackageId id = open.remove();
      LockedPackage locked = packages.get(id);
      if (locked != null && reached.add(id)) {
        open.addAll(locked.dependencies());
      }
    }
    return packages.keySet().stream()
        .filter(id -> !reached.contains(id))
        .map(LockedPackageId::toString)
        .collect(Collectors.toSet());
  }

  private AuditSet publicSets() {
    Criteria local = Criteria.of(new TreeMap<>());
    var imports = new TreeMap<String, AuditsFile>();
    for (String name : List.of("google", "mozilla")) {
      PeerAudits peer = PeerAudits.read(shared.file("cargo-vet/" + name + "/audits.toml"));
      imports.put(name, peer.translated(local, new TreeMap<>(), Set.of()));
    }
    return AuditSet.of(VetStore.of(AuditsFile.EMPTY, imports), ImportedChecksums.NONE);
  }
}

package lazaret.vetting.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.OracleData;
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
import lazaret.vetting.lockfile.Lockfile;
import org.junit.jupiter.api.Test;

/// Comparison with the verdicts of cargo-vet on every package of every shared lockfile.
class VetSearchOracleTest {
  private static final Sha256 ANY = Sha256.of(Bytes.utf8("any"));

  @Test
  void agreesOnEveryPackage() {
    AuditSet set = publicSets();
    Set<String> development = onlyForDevelopment();
    var differences = new ArrayList<String>();
    int rows = 0;
    for (String line : lines()) {
      String[] cells = line.split("\t", -1);
      rows++;
      String ours = passes(set, cells, criteria(cells, development)) ? "pass" : "fail";
      if (!ours.equals(cells[4])) {
        differences.add(line);
      }
    }

    assertThat(rows).isGreaterThan(2000);
    assertThat(differences).isEmpty();
  }

  /// Returns the required criteria of a package. The oracle requires less of packages that only
  /// development needs.
  private static String criteria(String[] cells, Set<String> development) {
    boolean lesser =
        cells[0].startsWith("hyperfine") && development.contains(cells[2] + ' ' + cells[3]);
    return lesser ? Criteria.SAFE_TO_RUN : cells[1];
  }

  /// Returns the packages that hyperfine needs only for its tests. It is the only program of the
  /// slice whose lockfile has such packages.
  private static Set<String> onlyForDevelopment() {
    Lockfile lock =
        Lockfile.parse(
            OracleData.archived(
                OracleData.path("upstream/crates/hyperfine/hyperfine-1.19.0.crate"),
                "hyperfine-1.19.0/Cargo.lock"));
    CrateName name = CrateName.parse("hyperfine");
    Set<String> needed =
        IndexFile.parse(
                name,
                OracleData.read(OracleData.path("upstream/index/hy/pe/hyperfine")),
                IndexLimits.DEFAULT)
            .entries()
            .stream()
            .filter(entry -> entry.version().text().equals("1.19.0"))
            .flatMap(entry -> entry.deps().stream())
            .filter(dependency -> dependency.kind() != DependencyKind.DEV)
            .map(dependency -> dependency.packageName().published())
            .collect(Collectors.toSet());
    Map<LockedPackageId, LockedPackage> packages =
        lock.packages().stream().collect(Collectors.toMap(LockedPackage::id, p -> p));
    var reached = new HashSet<LockedPackageId>();
    var open = new ArrayDeque<LockedPackageId>();
    packages.values().stream()
        .filter(p -> p.name().equals("hyperfine"))
        .flatMap(p -> p.dependencies().stream())
        .filter(id -> needed.contains(id.name()))
        .forEach(open::add);
    while (!open.isEmpty()) {
      LockedPackageId id = open.remove();
      if (reached.add(id)) {
        open.addAll(Objects.requireNonNull(packages.get(id)).dependencies());
      }
    }
    return packages.keySet().stream()
        .filter(id -> !reached.contains(id))
        .map(LockedPackageId::toString)
        .collect(Collectors.toSet());
  }

  private static boolean passes(AuditSet set, String[] cells, String criteria) {
    return set.verdict(
            CrateName.parse(cells[2]), CrateVersion.parse(cells[3]), ANY, List.of(criteria))
        instanceof AuditVerdict.Fully;
  }

  private static List<String> lines() {
    try (Stream<String> lines =
        OracleData.read(OracleData.path("oracles/cargo-vet.tsv")).text().lines()) {
      return lines.filter(line -> !line.startsWith("#")).toList();
    }
  }

  static AuditSet publicSets() {
    Criteria local = Criteria.of(new TreeMap<>());
    var imports = new TreeMap<String, AuditsFile>();
    for (String name : List.of("google", "mozilla")) {
      PeerAudits peer =
          PeerAudits.read(OracleData.read(OracleData.path("cargo-vet/" + name + "/audits.toml")));
      imports.put(name, peer.translated(local, new TreeMap<>(), Set.of()));
    }
    return AuditSet.of(VetStore.of(AuditsFile.EMPTY, imports), ImportedChecksums.NONE);
  }
}

package lazaret.vetting.advisory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lazaret.vetting.Bytes;
import lazaret.vetting.OracleData;
import lazaret.vetting.advisory.feed.FeedArchive;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.lockfile.Lockfile;
import org.junit.jupiter.api.Test;

/// Comparison of evaluations with those of cargo-audit on the shared data, and of RustSec's own
/// files with its OSV exports.
final class FeedOracleTest {
  @Test
  void judgesEveryBoundLikeCargoAudit() {
    Map<String, Advisory> byId = byId(FeedSamples.rustSec());
    List<String> differences = new ArrayList<>();
    int rows = 0;
    for (String[] row : rows("oracles/rustsec-ranges.tsv")) {
      Advisory advisory = byId.get(row[0]);
      assertThat(advisory).as(row[0]).isNotNull();
      if (advisory.affects(CrateVersion.parse(row[2])) != row[3].equals("yes")) {
        differences.add(String.join(" ", row) + ", ours: " + advisory.affected());
      }
      rows++;
    }
    assertThat(differences).isEmpty();
    assertThat(rows).isGreaterThan(32_000);
  }

  @Test
  void hitsOnEveryLockfileWhatCargoAuditHits() {
    Map<String, Set<String>> expected = new HashMap<>();
    for (String[] row : rows("oracles/cargo-audit.tsv")) {
      expected
          .computeIfAbsent(row[0], _ -> new TreeSet<>())
          .add(String.join(" ", row[1], row[2], row[3], row[4]));
    }
    for (String clean : List.of("web-service", "command-line", "crypto-tool")) {
      expected.putIfAbsent(clean + "/Cargo.lock", Set.of());
    }
    assertThat(expected).hasSize(9);
    for (Feed feed : List.of(FeedSamples.rustSec(), FeedSamples.osv())) {
      AdvisorySet set = AdvisorySet.of(List.of(feed));
      expected.forEach(
          (lockfile, hits) -> assertThat(hits(set, lockfile)).as(lockfile).isEqualTo(hits));
    }
  }

  private static Set<String> hits(AdvisorySet set, String lockfile) {
    Set<String> hits = new TreeSet<>();
    for (LockedPackage locked : Lockfile.parse(lockfile(lockfile)).packages()) {
      if (locked.fromCratesIo()) {
        for (Advisory a : set.advisories(CrateName.parse(locked.id().name()))) {
          // Malicious-package records are not RustSec's, and cargo-audit has no kind for malware.
          if (a.id().startsWith("RUSTSEC-") && a.affects(locked.id().version())) {
            String kind = a.kind() == AdvisoryKind.MALWARE ? "vulnerability" : a.kind().code();
            hits.add(
                String.join(" ", kind, a.id(), locked.id().name(), locked.id().version().text()));
          }
        }
      }
    }
    return hits;
  }

  /// Returns the lockfile of a project, or the one that a published program carries in its archive.
  private static Bytes lockfile(String name) {
    String owner = name.substring(0, name.indexOf('/'));
    int dash = owner.lastIndexOf('-');
    if (dash < 0 || !Character.isDigit(owner.charAt(dash + 1))) {
      return OracleData.read(OracleData.path("upstream/projects/" + name));
    }
    List<Bytes> found = new ArrayList<>();
    Path crate =
        OracleData.path("upstream/crates/" + owner.substring(0, dash) + "/" + owner + ".crate");
    try {
      FeedArchive.files(
          OracleData.read(crate),
          (path, content) -> {
            if (path.equals(name) && content != null) {
              found.add(content);
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found.getFirst();
  }

  /// The probes are each bound of both forms, the versions around it, its lowest pre-release, a
  /// usual one, and build metadata.
  @Test
  void readsRustSecAndItsOsvExportAlike() {
    Map<String, Advisory> exported = byId(FeedSamples.osv());
    List<String> differences = new ArrayList<>();
    int probes = 0;
    for (Advisory ours : FeedSamples.rustSec().advisories()) {
      Advisory theirs = exported.get(ours.id());
      assertThat(theirs).as(ours.id()).isNotNull();
      for (CrateVersion probe : probes(ours, theirs)) {
        probes++;
        if (ours.affects(probe) != theirs.affects(probe)) {
          differences.add(
              ours.id() + " " + probe + ": " + ours.affected() + " | " + theirs.affected());
        }
      }
      if (ours.kind() != theirs.kind()
          || !ours.rating().equals(theirs.rating())
          || ours.withdrawn() != theirs.withdrawn()) {
        differences.add(
            "%s: %s %s | %s %s"
                .formatted(ours.id(), ours.kind(), ours.rating(), theirs.kind(), theirs.rating()));
      }
    }
    assertThat(differences).isEmpty();
    assertThat(probes).isGreaterThan(30_000);
  }

  private static Set<CrateVersion> probes(Advisory... advisories) {
    Set<CrateVersion> probes = new HashSet<>();
    probes.add(CrateVersion.parse("0.0.0-0"));
    probes.add(CrateVersion.parse("0.0.0"));
    probes.add(CrateVersion.parse("18446744073709551615.0.0"));
    for (Advisory advisory : advisories) {
      for (VersionRange range : advisory.affected().ranges()) {
        for (CrateVersion bound : new CrateVersion[] {range.introduced(), range.fixed()}) {
          if (bound != null) {
            around(bound, probes);
          }
        }
      }
    }
    return probes;
  }

  private static void around(CrateVersion bound, Collection<CrateVersion> probes) {
    String numbers = bound.major() + "." + bound.minor() + ".";
    for (long patch = Math.max(0, bound.patch() - 1); patch <= bound.patch() + 1; patch++) {
      for (String end : List.of("", "-0", "-rc.1", "-alpha.0.1", "+build", "-rc.1+build")) {
        probes.add(CrateVersion.parse(numbers + patch + end));
      }
    }
    probes.add(bound);
    if (bound.isPreRelease()) {
      probes.add(CrateVersion.parse(bound.withoutBuild() + ".0"));
      probes.add(CrateVersion.parse(bound.withoutBuild() + "+build"));
    }
  }

  @Test
  void findsEveryKnownMaliciousCrateUnderEverySpelling() {
    AdvisorySet set = AdvisorySet.of(List.of(FeedSamples.rustSec(), FeedSamples.osv()));
    List<String> missed = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    for (Path file : OracleData.files("osv-malicious")) {
      if (file.toString().endsWith(".json")) {
        Advisory record = FeedSamples.only(FeedSamples.osv(OracleData.read(file).text()));
        probe(set, record, missed);
        names.add(String.valueOf(record.crate()));
      }
    }
    for (Advisory record : FeedSamples.rustSec().advisories()) {
      if (record.kind() == AdvisoryKind.MALWARE) {
        probe(set, record, missed);
        names.add(String.valueOf(record.crate()));
      }
    }
    assertThat(missed).isEmpty();
    assertThat(names).hasSizeGreaterThanOrEqualTo(84);
  }

  private static void probe(AdvisorySet set, Advisory record, List<String> missed) {
    String name = String.valueOf(record.crate());
    Set<String> versions = new TreeSet<>(record.affected().versions());
    record.affected().ranges().stream()
        .map(VersionRange::introduced)
        .forEach(v -> versions.add(v == null ? "0.1.0" : v.text()));
    for (String spelling :
        List.of(
            name, name.replace('-', '_'), name.replace('_', '-'), name.toUpperCase(Locale.ROOT))) {
      for (String version : versions) {
        boolean found =
            FeedSamples.hits(set, spelling, version).stream()
                .anyMatch(h -> h.kind() == AdvisoryKind.MALWARE && h.isNamed(record.id()));
        if (!found) {
          missed.add(record.id() + " " + spelling + " " + version);
        }
      }
    }
  }

  @Test
  void tellsTheGoodArrayrefFromTheBadAndWhoDisagreesOnTheNext() {
    AdvisorySet set = AdvisorySet.of(List.of(FeedSamples.rustSec(), FeedSamples.osv()));
    assertThat(FeedSamples.hits(set, "arrayref", "0.3.9")).isEmpty();
    AdvisoryGroup bad = FeedSamples.hits(set, "arrayref", "0.3.10").getFirst();
    assertThat(bad.kind()).isEqualTo(AdvisoryKind.MALWARE);
    assertThat(bad.rating().severity()).isEqualTo(Severity.CRITICAL);
    assertThat(bad.ids()).contains("RUSTSEC-2026-0260", "MAL-2026-14336");
    assertThat(bad.disputing()).isEmpty();
    AdvisoryGroup next = FeedSamples.hits(set, "arrayref", "0.3.11").getFirst();
    assertThat(next.affirming()).extracting(Advisory::id).containsOnly("RUSTSEC-2026-0260");
    assertThat(next.disputing()).extracting(Advisory::id).containsOnly("MAL-2026-14336");
  }

  @Test
  void countsTheRecordsOfMaliceThatLackTheCategory() {
    Set<String> malware =
        FeedSamples.rustSec().advisories().stream()
            .filter(a -> a.kind() == AdvisoryKind.MALWARE)
            .map(Advisory::id)
            .collect(Collectors.toSet());
    assertThat(malware)
        .hasSize(77)
        .doesNotContain("RUSTSEC-2021-0082")
        .contains("RUSTSEC-2026-0084");
  }

  private static Map<String, Advisory> byId(Feed feed) {
    Map<String, Advisory> byId = new HashMap<>();
    feed.advisories().forEach(a -> byId.put(a.id(), a));
    return byId;
  }

  private static List<String[]> rows(String name) {
    Bytes file = OracleData.read(OracleData.path(name));
    return file.text()
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split("\t", -1))
        .toList();
  }
}

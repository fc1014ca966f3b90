package lazaret.vetting.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;
import lazaret.vetting.lockfile.LockedPackageId;
import lazaret.vetting.lockfile.Lockfile;
import org.junit.jupiter.api.Test;

class RepairPlannerTest {
  private final Index index = new Index();

  /// An index in memory.
  private static final class Index implements ResolvableIndex {
    private final Map<String, List<IndexEntry>> lines = new LinkedHashMap<>();
    private final Set<String> withheld = new HashSet<>();
    private final Set<String> refused = new HashSet<>();

    /// Adds a version.
    ///
    /// @param deps each `NAME REQUIREMENT`, with a question mark before an optional one
    Index add(String name, String version, String... deps) {
      List<String> json = new ArrayList<>();
      for (String dep : deps) {
        boolean optional = dep.startsWith("?");
        String[] parts = (optional ? dep.substring(1) : dep).split(" ", 2);
        json.add(
            """
            {"name":"%s","req":"%s","features":[],"optional":%s,"default_features":true,"target":null,"kind":"normal"}"""
                .formatted(parts[0], parts[1], optional));
      }
      String line =
          """
          {"name":"%s","vers":"%s","deps":[%s],"cksum":"%064x","features":{},"yanked":false}
          """
              .formatted(
                  name, version, String.join(",", json), (name + version).hashCode() & 0xffffffffL);
      IndexEntry entry =
          IndexFile.parse(CrateName.parse(name), Bytes.utf8(line), IndexLimits.DEFAULT)
              .entries()
              .getFirst();
      lines.computeIfAbsent(name, _ -> new ArrayList<>()).add(entry);
      return this;
    }

    Index withhold(String... specs) {
      withheld.addAll(List.of(specs));
      return this;
    }

    private static String spec(IndexEntry entry) {
      return entry.name().published() + "@" + entry.version();
    }

    @Override
    public List<IndexEntry> offered(CrateName name) {
      return lines.getOrDefault(name.published(), List.of()).stream()
          .filter(e -> !withheld.contains(spec(e)))
          .sorted(Comparator.comparing(IndexEntry::version).reversed())
          .toList();
    }

    @Override
    public Optional<IndexEntry> line(CrateName name, CrateVersion version) {
      return lines.getOrDefault(name.published(), List.of()).stream()
          .filter(e -> e.version().equals(version))
          .findFirst();
    }

    /// The names of private crates begin with `acme-`.
    @Override
    public boolean isElsewhere(CrateName by, CrateName needed) {
      return needed.published().startsWith("acme-") && !by.published().startsWith("acme-");
    }

    @Override
    public boolean bytesRefused(IndexEntry entry) {
      return refused.contains(spec(entry));
    }
  }

  /// Writes a lockfile.
  ///
  /// @param packages each `NAME VERSION: DEPENDENCY, ...`; `app` is the workspace
  private static Lockfile lock(String... packages) {
    StringBuilder text = new StringBuilder("version = 4\n");
    for (String p : packages) {
      String[] halves = p.split(":", -1);
      String[] id = halves[0].split(" ", -1);
      text.append("\n[[package]]\nname = \"%s\"\nversion = \"%s\"\n".formatted(id[0], id[1]));
      if (!id[0].equals("app")) {
        text.append("source = \"").append(source(id[0])).append("\"\n");
        text.append("checksum = \"%064x\"\n".formatted((id[0] + id[1]).hashCode() & 0xffffffffL));
      }
      if (halves.length > 1) {
        text.append("dependencies = [\n");
        for (String dep : halves[1].split(",", -1)) {
          text.append(" \"").append(dep.strip()).append("\",\n");
        }
        text.append("]\n");
      }
    }
    return Lockfile.parse(Bytes.utf8(text.toString()));
  }

  private static String source(String name) {
    return name.startsWith("acme-")
        ? "sparse+https://crates.example/private/index/"
        : "registry+https://github.com/rust-lang/crates.io-index";
  }

  private List<String> plan(Lockfile lock, String requirements) {
    Set<LockedPackageId> withheld =
        lock.packages().stream()
            .map(p -> p.id())
            .filter(id -> index.withheld.contains(id.name() + "@" + id.version()))
            .collect(Collectors.toSet());
    return new RepairPlanner(index, WorkspaceRequirement.parse(requirements))
        .plan(lock, withheld).stream().map(s -> s.kind() + ": " + s.text()).toList();
  }

  private static String requires(String crate, String req) {
    return "app\t" + crate + "\tdefault\t" + req;
  }

  @Test
  void plainUpdateRepairsYoungVersionsOfPinnedCratesTogether() {
    index.add("clap", "4.6.7", "clap_derive =4.6.7").add("clap", "4.6.9", "clap_derive =4.6.9");
    index.add("clap_derive", "4.6.7").add("clap_derive", "4.6.9");
    index.withhold("clap@4.6.9", "clap_derive@4.6.9");
    Lockfile lock = lock("app 0.1.0: clap", "clap 4.6.9: clap_derive", "clap_derive 4.6.9");

    assertThat(plan(lock, requires("clap", "4.6"))).containsExactly("update: cargo update");
  }

  @Test
  void privateCratesMoveInTheirRegistry() {
    index.add("acme-app", "1.0.0", "acme-core ^1", "serde ^1");
    index.add("acme-core", "1.0.1").add("acme-core", "1.0.2").add("serde", "1.0.0");
    index.add("stuck", "1.0.0").withhold("acme-core@1.0.1", "stuck@1.0.0");
    Lockfile lock =
        lock(
            "app 0.1.0: acme-app, stuck",
            "acme-app 1.0.0: acme-core, serde",
            "acme-core 1.0.1",
            "serde 1.0.0",
            "stuck 1.0.0");

    assertThat(plan(lock, requires("acme-app", "1.0") + "\n" + requires("stuck", "=1.0.0")))
        .first()
        .isEqualTo("precise: cargo update -p acme-core@1.0.1 --precise 1.0.2");
  }

  /// Cargo looks for the dependency of a public crate in the public registry.
  @Test
  void privateCrateDoesNotMeetARequirementOfAPublicOne() {
    index.add("alpha", "1.0.0").add("alpha", "1.0.1", "acme-core ^1").add("acme-core", "1.0.0");
    index.withhold("alpha@1.0.0");
    Lockfile lock = lock("app 0.1.0: alpha", "alpha 1.0.0");

    assertThat(plan(lock, requires("alpha", "1.0")))
        .singleElement()
        .asString()
        .startsWith("none: no change of the lockfile replaces alpha@1.0.0");
  }

  @Test
  void pinnedCratesMoveTogetherByTheirParentIfNotAllCanBeUpdated() {
    index.add("clap", "4.6.7", "clap_derive =4.6.7").add("clap", "4.6.9", "clap_derive =4.6.9");
    index.add("clap", "4.7.0", "clap_derive =4.7.0").add("clap_derive", "4.7.0");
    index.add("clap_derive", "4.6.7").add("clap_derive", "4.6.9");
    index.add("stuck", "1.0.0").withhold("clap_derive@4.6.9", "stuck@1.0.0");
    Lockfile lock =
        lock(
            "app 0.1.0: clap, stuck",
            "clap 4.6.9: clap_derive",
            "clap_derive 4.6.9",
            "stuck 1.0.0");

    assertThat(plan(lock, requires("clap", "4.6") + "\n" + requires("stuck", "=1.0.0")))
        .containsExactly(
            "precise: cargo update -p clap@4.6.9 --precise 4.7.0",
            "none: no later version of stuck passes: request it, or ask a reviewer:"
                + " vetting-cli request stuck@1.0.0 --reason TEXT");
  }

  @Test
  void dependentIsRaisedToItsSmallestVersionThatAcceptsAPassingOne() {
    index.add("url", "2.5.2", "idna ^0.5").add("url", "2.5.3", "idna ^0.5");
    index.add("url", "2.5.4", "idna ^1").add("url", "2.5.5", "idna ^1");
    index.add("idna", "0.5.0").add("idna", "1.0.0").add("stuck", "1.0.0");
    index.withhold("idna@0.5.0", "stuck@1.0.0");
    Lockfile lock = lock("app 0.1.0: url, stuck", "url 2.5.2: idna", "idna 0.5.0", "stuck 1.0.0");

    assertThat(plan(lock, requires("url", "2.5") + "\n" + requires("stuck", "=1.0.0")))
        .first()
        .isEqualTo("precise: cargo update -p url@2.5.2 --precise 2.5.4");
  }

  @Test
  void manifestIsNamedIfOnlyTheWorkspaceStandsInTheWay() {
    index.add("gix", "0.73.0", "gix-date ^0.10").add("gix", "0.74.0", "gix-date ^0.12");
    index.add("gix-date", "0.10.5").add("gix-date", "0.12.0+build.7").withhold("gix-date@0.10.5");
    Lockfile lock = lock("app 0.1.0: gix", "gix 0.73.0: gix-date", "gix-date 0.10.5");

    assertThat(plan(lock, requires("gix", "0.73")))
        .containsExactly("manifest: require gix = \"0.74.0\" in the Cargo.toml of app");
  }

  @Test
  void requirementToWriteHasNoBuildMetadata() {
    index.add("libgit2-sys", "0.16.1+1.7.1").add("libgit2-sys", "0.18.2+1.9.1");
    index.withhold("libgit2-sys@0.16.1+1.7.1");
    Lockfile lock = lock("app 0.1.0: libgit2-sys", "libgit2-sys 0.16.1+1.7.1");

    assertThat(plan(lock, requires("libgit2-sys", "0.16")))
        .containsExactly("manifest: require libgit2-sys = \"0.18.2\" in the Cargo.toml of app");
  }

  @Test
  void downgradeIsNotCalledAFix() {
    index.add("low", "1.0.0").add("low", "1.1.0").add("stuck", "1.0.0");
    index.withhold("low@1.1.0", "stuck@1.0.0");
    Lockfile lock = lock("app 0.1.0: low, stuck", "low 1.1.0", "stuck 1.0.0");

    assertThat(plan(lock, requires("low", "1") + "\n" + requires("stuck", "=1.0.0")))
        .first()
        .isEqualTo("lower: cargo update -p low@1.1.0 --precise 1.0.0");
  }

  @Test
  void versionWhoseBytesWereRefusedIsNeverNamed() {
    index.add("walkdir", "2.4.0").add("walkdir", "2.5.0").add("walkdir", "2.5.1");
    index.withhold("walkdir@2.4.0");
    index.refused.add("walkdir@2.5.1");
    Lockfile lock = lock("app 0.1.0: walkdir", "walkdir 2.4.0");

    assertThat(plan(lock, requires("walkdir", "2")))
        .containsExactly("precise: cargo update -p walkdir@2.4.0 --precise 2.5.0");
  }

  @Test
  void moveThatALockedPackageForbidsIsNotPrinted() {
    // cargo keeps 'late' at 1.0.0, and 'early' 1.0.1 requires a later one.
    index.add("early", "1.0.0", "late ^1").add("early", "1.0.1", "late ^1.1");
    index.add("late", "1.0.0").add("late", "1.1.0").add("stuck", "1.0.0");
    index.add("keeper", "1.0.0", "late ^1").withhold("early@1.0.0", "stuck@1.0.0");
    Lockfile lock =
        lock(
            "app 0.1.0: early, keeper, stuck",
            "early 1.0.0: late",
            "keeper 1.0.0: late",
            "late 1.0.0",
            "stuck 1.0.0");

    assertThat(
            plan(
                lock,
                requires("early", "1")
                    + "\n"
                    + requires("keeper", "1")
                    + "\n"
                    + requires("stuck", "=1.0.0")))
        .noneMatch(s -> s.contains("early@1.0.0 --precise"));
  }

  @Test
  void withoutAManifestACompatibleVersionIsTaken() {
    index.add("bytes", "1.10.1").add("bytes", "1.11.1").withhold("bytes@1.10.1");
    Lockfile lock = lock("app 0.1.0: bytes", "bytes 1.10.1");

    assertThat(plan(lock, "")).containsExactly("update: cargo update");
  }

  @Test
  void lockfileWithoutAWorkspaceIsNotResolvedAsAWhole() {
    index.add("alone", "1.0.0").add("alone", "1.0.1").withhold("alone@1.0.0");

    assertThat(plan(lock("alone 1.0.0"), ""))
        .containsExactly("precise: cargo update -p alone@1.0.0 --precise 1.0.1");
  }
}

package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.InspectionFixture.PREFIX;
import static lazaret.vetting.inspect.InspectionFixture.demo;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.Gzip;
import lazaret.testkit.Mutator;
import lazaret.testkit.SharedData;
import lazaret.testkit.TarBytes.Header;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.ArchiveEntry;
import lazaret.vetting.archive.ArchiveProblem;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.crates.CrateId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A fuzz test of the inspection: any bytes result in findings, within the limits of time and
/// memory.
@Tag("ci")
final class InspectorFuzzTest {
  private static final int BLOCK = 512;
  private static final InspectLimits LIMITS =
      new InspectLimits(1 << 20, 500, 1_024, 64, 64 << 10, Duration.ofMinutes(1));
  private static final long MAX_ALLOCATED = 24L << 20;
  private static final Duration MAX_TIME = Duration.ofSeconds(5);

  /// A crate to mutate.
  ///
  /// @param archive the archive of the crate without compression
  private record Base(CrateId id, Bytes archive) {
    byte[] tar() {
      return archive.array();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void survivesMutatedCompressedBytes(long seed) {
    var mutator = new Mutator(seed);
    List<Base> bases = bases();
    List<byte[]> crates = bases.stream().map(base -> Gzip.member(base.tar()).array()).toList();

    for (int round = Mutator.rounds(1_000); round > 0; round--) {
      int chosen = mutator.below(bases.size());
      check(bases.get(chosen).id(), mutator.mutate(crates.get(chosen)));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void survivesMutatedArchives(long seed) {
    var mutator = new Mutator(seed);
    List<Base> bases = bases();

    for (int round = Mutator.rounds(1_000); round > 0; round--) {
      Base base = bases.get(mutator.below(bases.size()));
      check(base.id(), Gzip.member(mutator.mutate(base.tar())).array());
    }
  }

  /// Mutates headers and corrects their checksums, so that the mutants pass the first check.
  @ParameterizedTest
  @ValueSource(longs = {7, 8, 9})
  void survivesMutatedHeadersWithRightChecksums(long seed) {
    var mutator = new Mutator(seed);
    List<Base> bases = bases();

    for (int round = Mutator.rounds(1_000); round > 0; round--) {
      Base base = bases.get(mutator.below(bases.size()));
      byte[] tar = Arrays.copyOf(base.tar(), Math.min(base.tar().length, 16 * BLOCK));
      mutator.mutateInPlace(tar, at -> repairChecksum(tar, at / BLOCK * BLOCK));
      check(base.id(), Gzip.member(tar).array());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {10, 11, 12})
  void survivesMutatedManifests(long seed) {
    var mutator = new Mutator(seed);
    byte[] manifest =
        InspectionFixture.bytes(
            """
            package = { name = "demo", "version" = '1.0.0', x = [1, [2.0, {a.b = "\\u0041"}]] }
            # comment
            [lib]
            crate-type = ["proc-macro", '''a''', \"""b\\
              c\"""]
            [[bin]]
            time = 1979-05-27 07:32:00Z
            """);

    for (int round = Mutator.rounds(1_000); round > 0; round--) {
      byte[] text = mutator.mutate(manifest);
      check(demo().id(), demo().file("Cargo.toml", text).withoutManifest().build().array());
    }
  }

  private static void check(CrateId id, byte[] bytes) {
    Bytes crate = Bytes.of(bytes);
    long allocatedBefore = allocated();
    long start = System.nanoTime();

    Findings findings = Inspector.inspect(id, crate, LIMITS);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(MAX_TIME);
    assertThat(allocated() - allocatedBefore).isLessThan(MAX_ALLOCATED);
    assertThat(findings.problems()).hasSizeLessThanOrEqualTo(Inspector.MAX_PROBLEMS);
    findings.problems().forEach(InspectorFuzzTest::assertPrintable);
    if (findings.conformant()) {
      new CrateArchive(id.name(), id.version(), crate)
          .walk(LIMITS, (entry, _) -> assertHarmless(entry));
    }
  }

  private static void assertPrintable(ArchiveProblem problem) {
    assertThat(problem.toString().chars()).noneMatch(Character::isISOControl);
    assertThat(problem.toString().length()).isLessThan(400);
  }

  private static void assertHarmless(ArchiveEntry entry) {
    assertThat(entry.path().split("/", -1)).doesNotContain("..", ".");
    assertThat(entry.path()).doesNotStartWith("/").doesNotContain("\\", "\0", "//");
  }

  private static void repairChecksum(byte[] tar, int block) {
    if (block + BLOCK > tar.length) {
      return;
    }
    Arrays.fill(tar, block + 148, block + 156, (byte) ' ');
    int sum = 0;
    for (int i = block; i < block + BLOCK; i++) {
      sum += tar[i] & 0xff;
    }
    System.arraycopy(InspectionFixture.bytes("%06o\0 ".formatted(sum)), 0, tar, block + 148, 8);
  }

  private static List<Base> bases() {
    List<Base> bases = new ArrayList<>();
    bases.add(base(demo().buildScript("fn main() {}").dependency("serde", "^1")));
    bases.add(
        base(
            demo()
                .hostile(
                    tar ->
                        tar.longName(PREFIX + "/" + "long/".repeat(30) + "x")
                            .file("x", new byte[700])
                            .pax("path", PREFIX + "/y", "size", "3", "mtime", "1.5")
                            .file("y", new byte[3])
                            .entry(Header.of('0', "z", 0).ustar(PREFIX), new byte[0])
                            .directory(PREFIX + "/d/"))));
    SharedData.find().ifPresent(data -> bases.addAll(realBases(data)));
    return bases;
  }

  private static List<Base> realBases(SharedData data) {
    return data.artifacts().stream()
        .filter(artifact -> artifact.name().published().startsWith("s"))
        .map(
            artifact -> {
              Bytes bytes = artifact.read();
              return new Base(artifact.id(bytes), Bytes.of(Gzip.decompress(bytes)));
            })
        .filter(base -> base.tar().length < 100_000)
        .toList();
  }

  private static Base base(CrateBuilder crate) {
    return new Base(crate.id(), Bytes.of(crate.tar()));
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}

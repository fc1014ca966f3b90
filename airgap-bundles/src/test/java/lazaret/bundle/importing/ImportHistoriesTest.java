package lazaret.bundle.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.exporting.SingleFileBundle;
import lazaret.bundle.format.Formats;
import lazaret.bundle.importing.ImportOutcome.AlreadyImported;
import lazaret.bundle.importing.ImportOutcome.Imported;
import lazaret.testkit.IndexLineBuilder;
import lazaret.testkit.Mutator;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotKind;
import lazaret.vetting.snapshot.SnapshotLine;
import lazaret.vetting.snapshot.VerificationStatement;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A property of random histories with lost, repeated and late bundles. The network serves a
/// complete snapshot of the exporting site, and withholds all denied versions.
class ImportHistoriesTest {
  private static final int STEPS = 14;
  private static final int WINDOW = 3;
  private static final List<String> NAMES = List.of("a", "b-c", "Dee", "e_f", "zz");
  private static final List<String> VERSIONS = List.of("0.1.0", "1.0.0-rc.1", "1.0.0+b");

  /// The snapshots that a delta can apply to: those without a revocation.
  private final List<Long> states = new ArrayList<>();

  private final List<Path> old = new ArrayList<>();

  /// The snapshot of the newest separate denial, by crate and version.
  private final Map<String, Long> denied = new HashMap<>();

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Mutator.rounds(4));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsServedIsWhatWasMade(long seed, @TempDir Path folder) throws IOException {
    var random = new Mutator(seed);
    var outside = new ConnectedFixture(Files.createDirectory(folder.resolve("medium")));
    try (NetworkFixture inside = NetworkFixture.open(folder.resolve("data"))) {
      for (int step = 0; step < STEPS; step++) {
        step(random, outside, inside);
        check(outside, inside);
      }
      assertThat(inside.store.snapshots().head()).isPositive();
    }
  }

  private void step(Mutator random, ConnectedFixture outside, NetworkFixture inside)
      throws IOException {
    outside.snapshot(random(random));
    long now = outside.newest();
    long held = new SnapshotChain(inside.desk.snapshots().all()).base();
    if (!states.isEmpty() && random.below(5) == 0) {
      Path denial = outside.bundle(SnapshotKind.REVOCATION, states.getLast());
      if (random.below(3) > 0) {
        revoke(denial, outside, inside, states.getLast(), held);
      }
      return;
    }
    long[] bases =
        states.subList(Math.max(0, states.size() - WINDOW), states.size()).stream()
            .mapToLong(Long::longValue)
            .toArray();
    boolean delta = bases.length > 0 && random.below(5) > 0;
    Path bundle =
        delta ? outside.bundle(SnapshotKind.DELTA, bases) : outside.bundle(SnapshotKind.FULL);
    if (random.below(4) == 0) {
      bundle = SingleFileBundle.pack(bundle);
    }
    states.add(now);
    if (random.below(3) == 0) {
      return; // It is lost.
    }
    if (delta && LongStream.of(bases).noneMatch(base -> base == held)) {
      refused(BundleCode.BUNDLE_SEQUENCE_GAP, bundle, inside);
      bundle = outside.bundle(SnapshotKind.FULL);
    }
    if (random.below(3) == 0) {
      assertThat(inside.run(ImportOptions.of(bundle, "ann").dry()))
          .isInstanceOf(ImportOutcome.Planned.class);
    }
    Imported done = (Imported) inside.run(bundle);
    assertThat(done.snapshot().stateRoot()).isEqualTo(outside.info(now).stateRoot());
    assertThat(inside.run(bundle)).isEqualTo(new AlreadyImported(done.snapshot()));
    if (!old.isEmpty()) {
      refused(BundleCode.BUNDLE_REPLAYED, old.get(random.below(old.size())), inside);
    }
    old.add(bundle);
  }

  private void revoke(
      Path denial, ConnectedFixture outside, NetworkFixture inside, long least, long held) {
    if (held < least || held == 0) {
      refused(BundleCode.BUNDLE_SEQUENCE_GAP, denial, inside);
      return;
    }
    inside.run(denial);
    for (SnapshotCrate crate : outside.crates(outside.newest())) {
      for (SnapshotLine line : crate.lines()) {
        if (!line.statement().allows()
            && !outside
                .store
                .snapshots()
                .crate(crate.name(), least)
                .map(SnapshotCrate::lines)
                .orElse(List.of())
                .contains(line)) {
          denied.put(key(line), outside.newest());
        }
      }
    }
  }

  private static void refused(BundleCode code, Path bundle, NetworkFixture inside) {
    BundleException refusal = catchThrowableOfType(BundleException.class, () -> inside.run(bundle));
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(code);
  }

  private static String key(SnapshotLine line) {
    return line.entry().name() + " " + line.entry().version().text();
  }

  private void check(ConnectedFixture outside, NetworkFixture inside) {
    long head = inside.store.snapshots().head();
    if (head == 0) {
      return;
    }
    assertThat(inside.root()).isEqualTo(outside.info(head).stateRoot());
    assertThat(inside.crates()).isEqualTo(outside.crates(head));
    for (SnapshotCrate crate : inside.crates()) {
      List<String> lines = inside.index(crate.name().published()).lines().toList();
      assertThat(lines).hasSameSizeAs(crate.lines());
      for (int i = 0; i < lines.size(); i++) {
        SnapshotLine line = crate.lines().get(i);
        boolean withheld = !line.statement().allows() || denied.getOrDefault(key(line), 0L) > head;
        assertThat(lines.get(i))
            .as(key(line))
            .contains("\"yanked\":" + (withheld || line.entry().yanked()));
        if (line.statement().allows()) {
          assertThat(inside.store.artifact(line.entry().cksum()).map(Sha256::of))
              .contains(line.entry().cksum());
        }
      }
    }
  }

  private static SnapshotCrate[] random(Mutator random) {
    List<SnapshotCrate> crates = new ArrayList<>();
    for (String name : NAMES) {
      List<SnapshotLine> lines = new ArrayList<>();
      for (String version : VERSIONS) {
        if (random.below(4) > 0) {
          lines.add(line(name, version, random.below(4) > 0, random.below(4) == 0));
        }
      }
      if (!lines.isEmpty()) {
        crates.add(new SnapshotCrate(CrateName.parse(name), lines));
      }
    }
    return crates.toArray(SnapshotCrate[]::new);
  }

  private static SnapshotLine line(String name, String version, boolean allows, boolean yanked) {
    String text =
        IndexLineBuilder.line(name, version)
            .cksum(Sha256.of(Formats.artifact(name, version)))
            .yanked(yanked)
            .build();
    IndexEntry entry =
        IndexFile.parse(CrateName.parse(name), Bytes.utf8(text + "\n"), IndexLimits.DEFAULT)
            .entries()
            .getFirst();
    var said =
        new VerificationStatement.Claim(
            entry.id(), allows, 7, Sha256.of(Bytes.utf8("policy")), List.of());
    return new SnapshotLine(entry, VerificationStatement.of(said));
  }
}

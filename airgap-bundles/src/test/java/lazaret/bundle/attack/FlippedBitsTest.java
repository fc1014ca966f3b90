package lazaret.bundle.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.attack.AttackTrial.Form;
import lazaret.bundle.importing.ImportOutcome;
import lazaret.bundle.importing.NetworkFixture;
import lazaret.testkit.Mutator;
import lazaret.vetting.snapshot.SnapshotKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A property of bundles with one changed bit. The import either refuses the bundle and leaves
/// state, trust and ledger unchanged, or has the same result as with the honest bundle. The latter
/// is permitted for a bit that makes a digit of a signature a capital letter, and for signatures of
/// the root that is trusted already.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("ci")
class FlippedBitsTest {
  /// The codes after which a repeated import continues.
  private static final Set<BundleCode> RESUMABLE =
      EnumSet.of(BundleCode.PART_MISSING, BundleCode.PART_DAMAGED, BundleCode.MEDIUM_READ_FAILED);

  private final SnapshotPair outside = SnapshotPair.honest();

  @TempDir private static Path shared;
  private Path network = Path.of("");

  @BeforeAll
  void before() throws IOException {
    network = AttackedNetwork.with(outside.export(SnapshotKind.FULL, 1, shared), shared);
  }

  static List<Arguments> bundles() {
    return Stream.of(SnapshotKind.values())
        .filter(kind -> kind != SnapshotKind.ADVISORIES)
        .flatMap(kind -> Stream.of(Form.values()).map(form -> Arguments.of(kind, form)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void aTurnedBitIsRefusedOrMakesNoDifference(SnapshotKind kind, Form form, @TempDir Path folder)
      throws IOException {
    long[] bases = kind == SnapshotKind.FULL ? new long[0] : new long[] {1};
    Path bundle =
        ForgedBundle.of(outside.export(kind, 2, folder, bases))
            .onto(form, Files.createDirectory(folder.resolve("medium")));
    try (var trials = new Trials(bundle, folder)) {
      for (Path file : files(bundle)) {
        trials.on(file, Mutator.rounds(form == Form.FOLDER ? 1 : 10));
      }
    }
  }

  private static List<Path> files(Path bundle) throws IOException {
    try (Stream<Path> all = Files.walk(bundle)) {
      return all.filter(f -> f.toFile().length() > 0 && Files.isRegularFile(f)).sorted().toList();
    }
  }

  /// The trials with one bundle. After a trial that changed the network, a new network is used.
  private final class Trials implements AutoCloseable {
    private final Path bundle;
    private final Path folder;
    private final DiskImage honest;
    private int networks;
    private @Nullable NetworkFixture open;

    Trials(Path bundle, Path folder) throws IOException {
      this.bundle = bundle;
      this.folder = folder;
      honest = taken("the honest bundle");
    }

    void on(Path file, int rounds) throws IOException {
      byte[] good = Files.readAllBytes(file);
      var random = new Mutator(good.length);
      for (int round = 1; round <= rounds; round++) {
        int at = random.below(good.length);
        int bit = random.below(8);
        byte[] bad = good.clone();
        bad[at] ^= (byte) (1 << bit);
        Files.write(file, bad);
        boolean untouched = trial("%s, byte %d, bit %d".formatted(file, at, bit));
        Files.write(file, good);
        if (!untouched) {
          assertThat(taken("behind a damaged part")).isEqualTo(honest);
        }
      }
    }

    /// Returns whether the network is unchanged.
    private boolean trial(String what) throws IOException {
      NetworkFixture inside = inside();
      DiskImage before = DiskImage.of(inside);
      BundleException refusal =
          catchThrowableOfType(BundleException.class, () -> inside.run(bundle));
      DiskImage after = DiskImage.of(inside);
      if (refusal == null) {
        assertThat(after.ignoringCase()).as(what).isEqualTo(honest.ignoringCase());
        close();
        return true;
      }
      if (RESUMABLE.contains(refusal.reason())) {
        assertThat(after.visible()).as(what).isEqualTo(before.visible());
        return false;
      }
      assertThat(after).as("%s: %s", what, refusal.getMessage()).isEqualTo(before);
      return true;
    }

    private DiskImage taken(String what) throws IOException {
      NetworkFixture inside = inside();
      assertThat(inside.run(bundle)).as(what).isInstanceOf(ImportOutcome.Imported.class);
      DiskImage picture = DiskImage.of(inside);
      close();
      return picture;
    }

    private NetworkFixture inside() throws IOException {
      NetworkFixture now =
          open == null
              ? AttackedNetwork.copy(
                  network, Files.createDirectory(folder.resolve("in" + networks++)))
              : open;
      open = now;
      return now;
    }

    @Override
    public void close() {
      Optional.ofNullable(open).ifPresent(NetworkFixture::close);
      open = null;
    }
  }
}

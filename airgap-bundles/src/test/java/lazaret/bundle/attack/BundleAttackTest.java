package lazaret.bundle.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.attack.AttackTrial.Form;
import lazaret.bundle.attack.AttackTrial.Hands;
import lazaret.bundle.attack.AttackTrial.Seen;
import lazaret.bundle.checking.BundleFiles;
import lazaret.bundle.checking.BundleInspection;
import lazaret.bundle.checking.BundleVerifier;
import lazaret.bundle.exporting.TestExports;
import lazaret.bundle.format.Formats;
import lazaret.bundle.importing.ImportOutcome;
import lazaret.bundle.importing.NetworkFixture;
import lazaret.bundle.tuf.InMemoryTrustStore;
import lazaret.bundle.tuf.TrustStore;
import lazaret.vetting.snapshot.SnapshotKind;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The trials of all attacks, on every kind of bundle and as folder and single file. An ordinary
/// run executes a sample of them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BundleAttackTest {
  private static final String PRINTABLE = "cannot [\\x20-\\x7e]*";

  /// The codes after which a repeated import continues.
  private static final Set<BundleCode> RESUMABLE =
      EnumSet.of(BundleCode.PART_MISSING, BundleCode.PART_DAMAGED, BundleCode.MEDIUM_READ_FAILED);

  private final SnapshotPair outside = SnapshotPair.honest();
  private final Map<SnapshotKind, ForgedBundle> good = new EnumMap<>(SnapshotKind.class);

  @TempDir private static Path shared;
  private Path network = Path.of("");
  private @Nullable NetworkFixture one;

  @BeforeAll
  void export() throws IOException {
    Path folder = shared;
    network = AttackedNetwork.with(outside.export(SnapshotKind.FULL, 1, folder), folder);
    one = AttackedNetwork.copy(network, folder);
    good.put(SnapshotKind.FULL, ForgedBundle.of(outside.export(SnapshotKind.FULL, 2, folder)));
    good.put(SnapshotKind.DELTA, ForgedBundle.of(outside.export(SnapshotKind.DELTA, 2, folder, 1)));
    good.put(
        SnapshotKind.REVOCATION,
        ForgedBundle.of(outside.export(SnapshotKind.REVOCATION, 2, folder, 1)));
  }

  /// One trial on one kind and form of bundle.
  ///
  /// @param whole whether the trial has a network of its own, into which the honest bundle is
  ///   imported afterwards; otherwise all trials share one, into which it is imported at the end
  record Run(AttackTrial trial, SnapshotKind kind, Form form, boolean whole) {
    @Override
    public String toString() {
      return "%s, %s, %s"
          .formatted(trial, kind.code(), form.name().toLowerCase(java.util.Locale.ROOT));
    }
  }

  static List<AttackTrial> trials() {
    return Stream.of(
            StatementTrials.all(), ContentTrials.all(), ArchiveTrials.ofParts(), MediumTrials.all())
        .flatMap(List::stream)
        .toList();
  }

  static List<Run> runs() {
    return Boolean.getBoolean("lazaret.all") ? everyRun() : sample();
  }

  private static List<Run> everyRun() {
    return trials().stream().flatMap(trial -> runs(trial, true).stream()).toList();
  }

  /// Returns the fixed sample of an ordinary run. It has the first two trials of each attack and
  /// every second one of the others, with alternating kinds and forms.
  private static List<Run> sample() {
    List<Run> sample = new ArrayList<>();
    Map<Integer, Integer> had = new HashMap<>();
    for (AttackTrial trial : trials()) {
      int before = had.merge(trial.number(), 1, Integer::sum) - 1;
      if (before < 2 || before % 2 == 0) {
        int turn = sample.size();
        List<Run> own = runs(trial, RESUMABLE.contains(trial.code()) || turn % 30 == 0);
        sample.add(own.get(turn % own.size()));
      }
    }
    return sample;
  }

  private static List<Run> runs(AttackTrial trial, boolean whole) {
    return trial.kinds().stream()
        .flatMap(kind -> trial.forms().stream().map(form -> new Run(trial, kind, form, whole)))
        .toList();
  }

  @Test
  void theSampleHasEveryNumberKindFormAndCode() {
    assertThat(seen(sample(), r -> r.trial().number()))
        .isEqualTo(seen(everyRun(), r -> r.trial().number()));
    assertThat(seen(sample(), r -> r.trial().code()))
        .isEqualTo(seen(everyRun(), r -> r.trial().code()));
    assertThat(seen(sample(), Run::kind))
        .isEqualTo(EnumSet.complementOf(EnumSet.of(SnapshotKind.ADVISORIES)));
    assertThat(seen(sample(), Run::form)).isEqualTo(EnumSet.allOf(Form.class));
    assertThat(seen(sample(), Run::whole)).isEqualTo(Set.of(true, false));
  }

  private static <T> Set<T> seen(List<Run> runs, Function<Run, T> what) {
    return runs.stream().map(what).collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("runs")
  void isRefusedAndChangesNothing(Run run, @TempDir Path folder) throws IOException {
    ForgedBundle forged = good(run.kind()).copy();
    run.trial().deed().on(new Hands(forged, outside, run.kind()));
    Path bundle = forged.onto(run.form(), folder.resolve("forged"));
    run.trial().spoil().on(bundle);

    if (run.trial().seen() == Seen.ANYWHERE) {
      assertRefusal(run.trial(), "the check without a store", () -> check(bundle));
    }
    if (!run.whole()) {
      leavesAsItIs(shared(), run.trial(), bundle);
      return;
    }
    Path honest = good(run.kind()).onto(run.form(), folder.resolve("good"));
    try (NetworkFixture inside = AttackedNetwork.copy(network, folder)) {
      leavesAsItIs(inside, run.trial(), bundle);
      assertThat(inside.run(honest)).isInstanceOf(ImportOutcome.Imported.class);
      if (run.kind() != SnapshotKind.REVOCATION) {
        assertThat(inside.root()).isEqualTo(outside.state(2).stateRoot());
        assertThat(DiskImage.of(inside).staging()).isEmpty();
      }
    }
  }

  private static void leavesAsItIs(NetworkFixture inside, AttackTrial trial, Path bundle) {
    DiskImage before = DiskImage.of(inside);
    BundleException found = assertRefusal(trial, "the import", () -> inside.run(bundle));
    DiskImage after = DiskImage.of(inside);
    if (RESUMABLE.contains(found.reason())) {
      assertThat(after.visible()).isEqualTo(before.visible());
    } else {
      assertThat(after).isEqualTo(before);
    }
  }

  private NetworkFixture shared() {
    return Optional.ofNullable(one).orElseThrow();
  }

  /// The network of many refusals accepts the honest bundle.
  @AfterAll
  void theHonestBundleIsImportedBehindAllOfThem() throws IOException {
    try (NetworkFixture inside = shared()) {
      assertThat(inside.run(good(SnapshotKind.DELTA).onto(Form.FOLDER, shared.resolve("good"))))
          .isInstanceOf(ImportOutcome.Imported.class);
      assertThat(inside.root()).isEqualTo(outside.state(2).stateRoot());
    }
  }

  private ForgedBundle good(SnapshotKind kind) {
    return Optional.ofNullable(good.get(kind)).orElseThrow();
  }

  static List<ArchiveTrials.Spoiling> spoilings() {
    return ArchiveTrials.all();
  }

  /// The archive of a bundle has no signature.
  @ParameterizedTest
  @MethodSource("spoilings")
  void aSingleFileOfAnotherFormIsRefused(ArchiveTrials.Spoiling spoiling, @TempDir Path folder)
      throws IOException {
    Path file = good(SnapshotKind.DELTA).onto(Form.SINGLE, folder);
    Files.write(file, spoiling.change().apply(Files.readAllBytes(file)));

    BundleException found = catchThrowableOfType(BundleException.class, () -> BundleFiles.of(file));

    assertThat(found.reason()).as(found.getMessage()).isEqualTo(spoiling.code());
    assertThat(found).hasMessageContaining(String.valueOf(file.getFileName()));
    assertThat(found.getMessage()).matches(PRINTABLE);
  }

  private static BundleException assertRefusal(
      AttackTrial trial, String by, ThrowingCallable what) {
    Throwable found = catchThrowable(what);
    assertThat(found).as(by).isInstanceOf(BundleException.class);
    var refusal = (BundleException) found;
    assertThat(refusal.reason()).as("%s: %s", by, refusal.getMessage()).isEqualTo(trial.code());
    assertThat(refusal).hasMessageContaining(trial.says());
    assertThat(refusal.getMessage()).matches(PRINTABLE);
    return refusal;
  }

  private static void check(Path bundle) throws IOException {
    TrustStore trust = new InMemoryTrustStore(TestExports.root(Duration.ofDays(900)));
    Clock clock = Clock.fixed(Formats.NOW.plusSeconds(9), ZoneOffset.UTC);
    BundleVerifier.check(BundleInspection.of(BundleFiles.of(bundle), trust, clock), _ -> {});
  }
}

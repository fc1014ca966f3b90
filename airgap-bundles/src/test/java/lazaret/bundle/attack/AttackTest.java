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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.bundle.BundleException;
import lazaret.bundle.attack.Trial.Form;
import lazaret.bundle.attack.Trial.Hands;
import lazaret.bundle.attack.Trial.Seen;
import lazaret.bundle.checking.BundleCheck;
import lazaret.bundle.checking.BundleFiles;
import lazaret.bundle.checking.Inspection;
import lazaret.bundle.exporting.TestExports;
import lazaret.bundle.format.Formats;
import lazaret.bundle.tuf.TrustStore;
import lazaret.vetting.Bytes;
import lazaret.vetting.snapshot.SnapshotKind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every trial of the catalogue, each on every kind of bundle and as folder and single file; a
/// quarter of them, every trial at least once, where not all is asked for.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttackTest {
  private static final String PRINTABLE = "cannot [\\x20-\\x7e]*";

  private final Outside outside = Outside.honest();
  private final Map<SnapshotKind, Forgery> good = new EnumMap<>(SnapshotKind.class);

  @BeforeAll
  void export(@TempDir Path folder) throws IOException {
    good.put(SnapshotKind.FULL, Forgery.of(outside.export(SnapshotKind.FULL, 2, folder)));
    good.put(SnapshotKind.DELTA, Forgery.of(outside.export(SnapshotKind.DELTA, 2, folder, 1)));
    good.put(
        SnapshotKind.REVOCATION, Forgery.of(outside.export(SnapshotKind.REVOCATION, 2, folder, 1)));
  }

  record Run(Trial trial, SnapshotKind kind, Form form) {
    @Override
    public String toString() {
      return "%s, %s, %s"
          .formatted(trial, kind.word(), form.name().toLowerCase(java.util.Locale.ROOT));
    }
  }

  static List<Trial> trials() {
    return Stream.of(ContentTrials.all(), ArchiveTrials.ofParts(), MediumTrials.all())
        .flatMap(List::stream)
        .toList();
  }

  static List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    int turn = 0;
    for (Trial trial : trials()) {
      List<Run> own = new ArrayList<>();
      for (SnapshotKind kind : trial.kinds()) {
        for (Form form : trial.forms()) {
          own.add(new Run(trial, kind, form));
        }
      }
      if (Boolean.getBoolean("lazaret.all")) {
        runs.addAll(own);
      } else {
        runs.add(own.get(turn++ % own.size()));
      }
    }
    return runs;
  }

  @ParameterizedTest
  @MethodSource("runs")
  void isRefused(Run run, @TempDir Path folder) throws IOException {
    Forgery forged = Optional.ofNullable(good.get(run.kind())).orElseThrow().copy();
    run.trial().deed().on(new Hands(forged, outside, run.kind()));
    Path bundle = run.form() == Form.FOLDER ? forged.folder(folder) : forged.single(folder);
    run.trial().spoil().on(bundle);

    if (run.trial().seen() == Seen.ANYWHERE) {
      Throwable found = catchThrowable(() -> check(bundle));
      assertThat(found).as("the check without a store").isInstanceOf(BundleException.class);
      assertRefusal(run.trial(), (BundleException) found);
    }
  }

  static List<ArchiveTrials.Spoiling> spoilings() {
    return ArchiveTrials.all();
  }

  /// The archive around a bundle is signed by nobody.
  @ParameterizedTest
  @MethodSource("spoilings")
  void aSingleFileOfAnotherFormIsRefused(ArchiveTrials.Spoiling spoiling, @TempDir Path folder)
      throws IOException {
    Path file = Optional.ofNullable(good.get(SnapshotKind.DELTA)).orElseThrow().single(folder);
    Files.write(file, spoiling.change().apply(Files.readAllBytes(file)));

    BundleException found = catchThrowableOfType(BundleException.class, () -> BundleFiles.of(file));

    assertThat(found.reason()).as(found.getMessage()).isEqualTo(spoiling.code());
    assertThat(found).hasMessageContaining(String.valueOf(file.getFileName()));
    assertThat(found.getMessage()).matches(PRINTABLE);
  }

  private static void assertRefusal(Trial trial, BundleException found) {
    assertThat(found.reason()).as(found.getMessage()).isEqualTo(trial.code());
    assertThat(found).hasMessageContaining(trial.says());
    assertThat(found.getMessage()).matches(PRINTABLE);
  }

  private static void check(Path bundle) throws IOException {
    Map<String, Bytes> kept = new HashMap<>();
    kept.put("root", TestExports.root(Duration.ofDays(900)));
    TrustStore trust =
        new TrustStore() {
          @Override
          public Optional<Bytes> read(String role) {
            return Optional.ofNullable(kept.get(role));
          }

          @Override
          public void write(String role, Bytes file) {
            kept.put(role, file);
          }

          @Override
          public void remove(String role) {
            kept.remove(role);
          }
        };
    Clock clock = Clock.fixed(Formats.NOW.plusSeconds(9), ZoneOffset.UTC);
    BundleCheck.check(Inspection.of(BundleFiles.of(bundle), trust, clock), _ -> {});
  }
}

package lazaret.bundle.service;

import static lazaret.bundle.format.Formats.crate;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import lazaret.bundle.exporting.BundleExporter;
import lazaret.bundle.exporting.TestExports;
import lazaret.bundle.importing.ImportOptions;
import lazaret.bundle.importing.ImportOutcome;
import lazaret.bundle.importing.ImportProgress;
import lazaret.bundle.importing.NetworkFixture;
import lazaret.testkit.RecordedSpan;
import lazaret.vetting.gate.store.RunningOperation;
import lazaret.vetting.gate.store.RunningOperations;
import lazaret.vetting.progress.ProgressShare;
import lazaret.vetting.snapshot.SnapshotKind;
import lazaret.vetting.trace.CurrentSpan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportServiceTest {
  @TempDir Path folder;

  @Test
  void theStagesOfAnImportAreThePhasesOfTheOperation() throws IOException {
    TestExports.Memory source = new TestExports.Memory();
    source.add(1, crate("alpha", "1.0.0"), crate("beta", "1.0.0", "1.1.0"));
    Path bundle =
        BundleExporter.export(
                TestExports.order(source, SnapshotKind.FULL, 1),
                source,
                TestExports.signers(),
                folder)
            .folder();
    var operations = new RunningOperations();
    List<RunningOperation.State> seen = new ArrayList<>();

    RecordedSpan request = new RecordedSpan("request");
    try (NetworkFixture inside = NetworkFixture.open(folder.resolve("data"))) {
      Supplier<ImportOutcome> work =
          () -> {
            ImportProgress progress = ImportService.progress(RunningOperation.current());
            return inside.run(
                ImportOptions.of(bundle, "ann"),
                (stage, done, total) -> {
                  progress.at(stage, done, total);
                  seen.addAll(operations.running());
                });
          };
      var _ = CurrentSpan.of(request, _ -> operations.run("import", work));
    }
    assertThat(request.children())
        .singleElement()
        .satisfies(
            span -> {
              assertThat(span.name()).isEqualTo("import");
              assertThat(span.ended()).isTrue();
              assertThat(span.failure()).isEmpty();
              assertThat(span.attributes()).isEmpty();
            });

    List<ProgressShare> shares = seen.stream().map(RunningOperation.State::share).toList();
    assertThat(shares.stream().map(ProgressShare::phase).distinct())
        .containsSubsequence("tables", "parts", "flip");
    List<ProgressShare> parts = shares.stream().filter(s -> s.phase().equals("parts")).toList();
    assertThat(parts.getLast().unit()).isEqualTo("bytes");
    assertThat(parts.getFirst().done()).isZero();
    assertThat(parts.getLast().done()).isPositive().isLessThanOrEqualTo(parts.getLast().total());
  }
}

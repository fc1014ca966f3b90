package lazaret.bundle.service;

import static lazaret.bundle.format.Formats.crate;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lazaret.bundle.exporting.Exporter;
import lazaret.bundle.exporting.TestExports;
import lazaret.bundle.importing.ImportOrder;
import lazaret.bundle.importing.Inside;
import lazaret.bundle.importing.Progress;
import lazaret.vetting.gate.store.RunningOperation;
import lazaret.vetting.gate.store.RunningOperations;
import lazaret.vetting.snapshot.SnapshotKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportsTest {
  @TempDir Path folder;

  @Test
  void theStagesOfAnImportAreThePhasesOfTheOperation() throws IOException {
    TestExports.Memory source = new TestExports.Memory();
    source.add(1, crate("alpha", "1.0.0"), crate("beta", "1.0.0", "1.1.0"));
    Path bundle =
        Exporter.export(
                TestExports.order(source, SnapshotKind.FULL, 1),
                source,
                TestExports.signers(),
                folder)
            .folder();
    var operations = new RunningOperations();
    List<RunningOperation.State> seen = new ArrayList<>();

    try (Inside inside = Inside.open(folder.resolve("data"))) {
      var _ =
          operations.run(
              "import",
              () -> {
                Progress progress = Imports.progress(RunningOperation.current());
                return inside.run(
                    ImportOrder.of(bundle, "ann"),
                    (stage, done, total) -> {
                      progress.at(stage, done, total);
                      seen.addAll(operations.running());
                    });
              });
    }

    assertThat(seen.stream().map(RunningOperation.State::phase).distinct())
        .containsSubsequence("tables", "parts", "flip");
    List<RunningOperation.State> parts = seen.stream().filter(s -> s.phase().equals("parts")).toList();
    assertThat(parts.getFirst().done()).isZero();
    assertThat(parts.getLast().done()).isPositive().isLessThanOrEqualTo(parts.getLast().total());
  }
}

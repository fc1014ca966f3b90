package lazaret.vetting.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.ReadingOperations;
import lazaret.vetting.deskapi.reading.LineNoteRequest;
import lazaret.vetting.deskapi.reading.ReadMarkInfo;
import lazaret.vetting.deskapi.reading.ReadMarkRequest;
import lazaret.vetting.deskapi.retention.KeptReason;
import lazaret.vetting.gate.store.CrateRecords;
import lazaret.vetting.index.StoredLine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The rows that vetting/reading writes keep the artifacts of their versions: the reasons rest on
/// the keys of these rows.
class NotesAndReadingTest {
  private static final String SOURCE = "// one\n// two\n";

  private final RetentionDesk desk = new RetentionDesk();
  private final CrateId id =
      desk.fixture.stored(CrateBuilder.crate("al-pha", "1.0.0").file("src/lib.rs", SOURCE));

  @AfterEach
  void close() {
    desk.close();
  }

  private List<KeptReason> reasons() {
    CrateRecords crate = desk.fixture.store.records(id.name()).orElseThrow();
    StoredLine line = crate.crate().line(id.version()).orElseThrow();
    return desk.fixture.kept.all(
        new ProtectedArtifacts.Subject(crate, line, desk.fixture.station.clock.instant()));
  }

  @Test
  void noteKeepsTheArtifact() {
    assertThat(reasons()).isEmpty();

    var _ =
        desk.call(
            ReadingOperations.ADD_NOTE,
            new LineNoteRequest(
                id.name(), id.version(), "src/lib.rs", Sha256.of(Bytes.utf8(SOURCE)), 1, "odd"));

    assertThat(reasons()).containsExactly(KeptReason.NOTE);
  }

  @Test
  void readContentKeepsTheArtifact() {
    ReadMarkInfo file =
        new ReadMarkInfo(
            "src/lib.rs",
            Sha256.of(Bytes.utf8(SOURCE)),
            null,
            false,
            true,
            List.of(),
            List.of(),
            List.of());

    var _ =
        desk.call(
            ReadingOperations.MARK_READ,
            new ReadMarkRequest(id.name(), id.version(), null, false, List.of(file)));

    assertThat(reasons()).containsExactly(KeptReason.READ);
  }
}

package lazaret.vetting.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.desk.decisions.DecisionOrder;
import lazaret.vetting.gate.fixture.ConcurrencyContract;
import lazaret.vetting.gate.fixture.SharedMemory;
import lazaret.vetting.gate.serving.WantedVersion;
import lazaret.vetting.ledger.Decision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LineNoteRegisterTest {
  private final ReadingFixture desk = new ReadingFixture();
  private final LineNoteRegister notes = desk.service.notes();
  private final CrateId id =
      desk.publish(ReadingFixture.crate("1.0.0").buildScript("fn main() {}\n"));

  @AfterEach
  void close() {
    desk.close();
  }

  private LineNote add(String person, String text) {
    var place = new LineNoteRegister.Place(desk.file(id, null, "build.rs"), 1);
    return notes.add(person, id, place, text);
  }

  @Test
  void listsTheNotesOfAVersion() {
    add("ann", "first");
    add("bob", "second");

    assertThat(notes.list(id.name(), id.version()))
        .extracting(note -> note.number() + " " + note.person() + " " + note.text())
        .containsExactly("1 ann first", "2 bob second");
  }

  @Test
  void authorRemovesANoteUntilADecision() {
    LineNote first = add("ann", "first");
    assertThat(notes.remove("ann", id.name(), id.version(), first.number())).contains(first);
    LineNote second = add("ann", "second");
    desk.station.clock.advance(Duration.ofMinutes(1));
    assertThat(desk.decide(Decision.Kind.DENY, "bob", id, null, false).recorded()).hasSize(1);

    assertThatThrownBy(() -> notes.remove("ann", id.name(), id.version(), second.number()))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected no decision after it, found one of");
    desk.station.clock.advance(Duration.ofMinutes(1));
    LineNote later = add("ann", "later");
    assertThat(notes.remove("ann", id.name(), id.version(), later.number())).isPresent();
  }

  @Test
  void anotherPersonRemovesNoNote() {
    LineNote note = add("ann", "first");

    assertThatThrownBy(() -> notes.remove("bob", id.name(), id.version(), note.number()))
        .isInstanceOf(MalformedException.class)
        .hasMessage(
            "cannot remove the note: expected a note of bob, found one of ann; its author can"
                + " remove it");
    assertThat(notes.remove("ann", id.name(), id.version(), 99)).isEmpty();
  }

  @Test
  void authorRemovesANoteUnderEachNameOfThePerson() {
    LineNote note = add("local:Ann", "first");

    assertThat(notes.remove("ann", id.name(), id.version(), note.number())).contains(note);
    assertThat(notes.list(id.name(), id.version())).isEmpty();
  }

  @Test
  void notesOfApproversAreExportedWithTheAudit() {
    add("ann", "reads CFG only");
    add("bob", "not mine");
    var wanted = new WantedVersion(id.name(), id.version(), id.cksum(), null);
    desk.desk.decide(
        new DecisionOrder(
            Decision.Kind.APPROVE,
            List.of(wanted),
            "ann",
            "fine",
            null,
            List.of("safe-to-run"),
            List.of()));

    assertThat(desk.desk.audits().export().text())
        .contains("fine")
        .contains("build.rs:1 (ann): reads CFG only")
        .doesNotContain("not mine");
  }

  @Test
  void notesOfADenialAreExportedWithTheViolation() {
    add("ann", "sends the token");
    assertThat(desk.decide(Decision.Kind.DENY, "ann", id, null, false).recorded()).hasSize(1);

    assertThat(desk.desk.audits().export().text())
        .contains("violation = \"=1.0.0\"")
        .contains("build.rs:1 (ann): sends the token");
  }

  @Test
  void notesOfAPersonAreExportedUnderEachNameOfThePerson() {
    add("local:Ann", "reads CFG only");

    assertThat(notes.texts(id, List.of("ann")))
        .containsExactly("build.rs:1 (local:Ann): reads CFG only");
    assertThat(notes.texts(id, List.of("bob"))).isEmpty();
  }

  @Test
  void exportedNotesAreBounded() {
    for (int i = 0; i < 10; i++) {
      add("ann", "x".repeat(2_000));
    }

    assertThat(notes.texts(id, List.of("ann"))).hasSize(9).last().isEqualTo("2 more notes");
  }

  @Test
  void refusesBlankAndLongTexts() {
    assertThatThrownBy(() -> add("ann", " \n"))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected a text of 1 to 2000 characters, found 0");
    assertThatThrownBy(() -> add("ann", "x".repeat(2_001)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("found 2001");
  }

  @Test
  void versionHasABoundedNumberOfNotes() {
    for (int i = 0; i < LineNoteRegister.MAX_NOTES; i++) {
      add("ann", "note");
    }

    assertThatThrownBy(() -> add("ann", "note"))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected at most 500 notes of one version, found 501");
  }

  @Test
  void notesOfTwoNodesHaveDifferentNumbers() throws Exception {
    SharedMemory memory = new SharedMemory();
    LineNoteRegister one = new LineNoteRegister(memory.node("one"), desk.station.clock);
    LineNoteRegister two = new LineNoteRegister(memory.node("two"), desk.station.clock);
    var place = new LineNoteRegister.Place(desk.file(id, null, "build.rs"), 1);

    ConcurrencyContract.inParallel(
        8, i -> (i % 2 == 0 ? one : two).add("person-" + i, id, place, "text"));

    assertThat(one.list(id.name(), id.version()))
        .extracting(LineNote::number)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
  }
}

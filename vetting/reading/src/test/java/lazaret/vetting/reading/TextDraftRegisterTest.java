package lazaret.vetting.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.gate.fixture.SharedMemory;
import lazaret.vetting.ledger.Decision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TextDraftRegisterTest {
  private final ReadingFixture desk = new ReadingFixture();
  private final TextDraftRegister drafts = desk.service.drafts();

  @AfterEach
  void close() {
    desk.close();
  }

  private static TextDraftRegister.Key key(String person, String version) {
    return new TextDraftRegister.Key(
        person, CrateName.parse("alpha"), CrateVersion.parse(version), "decision");
  }

  private static Map<String, String> reason(String text) {
    return Map.of("reason", text);
  }

  @Test
  void draftBelongsToOnePersonAndVersion() {
    drafts.put(key("ann", "1.0.0"), reason("looks fine"), null);

    assertThat(drafts.find(key("ann", "1.0.0")).orElseThrow().fields())
        .isEqualTo(reason("looks fine"));
    assertThat(drafts.find(key("bob", "1.0.0"))).isEmpty();
    assertThat(drafts.find(key("ann", "1.0.1"))).isEmpty();
  }

  @Test
  void draftEndsWithTheDecisionOfItsPerson() {
    CrateId id = desk.publish(ReadingFixture.crate("1.0.0"));
    drafts.put(key("ann", "1.0.0"), reason("a"), null);
    drafts.put(key("ann", "1.0.0+x"), reason("c"), null);
    drafts.put(key("bob", "1.0.0"), reason("b"), null);

    assertThat(desk.decide(Decision.Kind.DENY, "ann", id, null, false).recorded()).hasSize(1);

    assertThat(drafts.find(key("ann", "1.0.0"))).isEmpty();
    assertThat(drafts.find(key("ann", "1.0.0+x"))).isPresent();
    assertThat(drafts.find(key("bob", "1.0.0"))).isPresent();
  }

  @Test
  void personHasTheSameDraftUnderEachOfTheirNames() {
    CrateId id = desk.publish(ReadingFixture.crate("1.0.0"));
    drafts.put(key("Ann", "1.0.0"), reason("a"), null);
    assertThat(drafts.find(key("local:ann", "1.0.0"))).isPresent();

    assertThat(desk.decide(Decision.Kind.DENY, "ann", id, null, false).recorded()).hasSize(1);

    assertThat(drafts.find(key("Ann", "1.0.0"))).isEmpty();
    assertThatThrownBy(() -> drafts.put(key("Ann", "1.0.0"), reason("late"), 0))
        .isInstanceOf(StaleDraftException.class);
  }

  @Test
  void draftThatArrivesAfterTheDecisionOfItsPersonIsRefused() {
    CrateId id = desk.publish(ReadingFixture.crate("1.0.0"));
    drafts.put(key("ann", "1.0.0"), reason("a"), 0);
    assertThat(desk.decide(Decision.Kind.DENY, "ann", id, null, false).recorded()).hasSize(1);

    assertThatThrownBy(() -> drafts.put(key("ann", "1.0.0"), reason("late"), 0))
        .isInstanceOf(StaleDraftException.class)
        .hasMessageContaining("cannot keep the draft: expected a form with your latest decision");
    assertThat(drafts.find(key("ann", "1.0.0"))).isEmpty();

    drafts.put(key("bob", "1.0.0"), reason("b"), 0);
    drafts.put(key("ann", "1.0.0"), reason("again"), 1);
    assertThat(drafts.find(key("bob", "1.0.0"))).isPresent();
    assertThat(drafts.find(key("ann", "1.0.0"))).isPresent();
  }

  @Test
  void draftEndsAfterThirtyDays() {
    drafts.put(key("ann", "1.0.0"), reason("a"), null);
    desk.station.clock.advance(Duration.ofDays(30));
    assertThat(drafts.find(key("ann", "1.0.0"))).isPresent();

    desk.station.clock.advance(Duration.ofSeconds(1));

    assertThat(drafts.find(key("ann", "1.0.0"))).isEmpty();
  }

  @Test
  void personHasABoundedNumberOfDrafts() {
    for (int i = 0; i < TextDraftRegister.MAX_DRAFTS; i++) {
      drafts.put(key("ann", "1.0." + i), reason("a"), null);
    }
    drafts.put(key("ann", "1.0.0"), reason("changed"), null);
    drafts.put(key("bob", "2.0.0"), reason("b"), null);

    assertThatThrownBy(() -> drafts.put(key("ann", "2.0.0"), reason("a"), null))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected at most 200 drafts of one person, found 201");

    desk.station.clock.advance(Duration.ofDays(31));
    drafts.put(key("ann", "2.0.0"), reason("a"), null);
    assertThat(drafts.find(key("ann", "2.0.0"))).isPresent();
  }

  @Test
  void refusesLongTextsAndForeignNames() {
    assertThatThrownBy(() -> drafts.put(key("ann", "1.0.0"), reason("ä".repeat(8_193)), null))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("at most 20 fields with 16384 bytes, found 1 with 16386");
    assertThatThrownBy(() -> drafts.put(key("ann", "1.0.0"), Map.of("Reason", "a"), null))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("names of fields in lower case");
    Map<String, String> many =
        IntStream.range(0, 21).boxed().collect(Collectors.toMap(i -> "f" + i, _ -> ""));
    assertThatThrownBy(() -> drafts.put(key("ann", "1.0.0"), many, null))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("found 21 with 0");
    assertThatThrownBy(
            () ->
                new TextDraftRegister.Key(
                    "ann", CrateName.parse("alpha"), CrateVersion.parse("1.0.0"), "a/b"))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("the name of a form");
  }

  @Test
  void personHasALimitOfDraftsOverAllNodes() {
    SharedMemory memory = new SharedMemory();
    TextDraftRegister one = new TextDraftRegister(memory.node("one"), desk.station.clock);
    TextDraftRegister two = new TextDraftRegister(memory.node("two"), desk.station.clock);
    for (int i = 0; i < TextDraftRegister.MAX_DRAFTS; i++) {
      (i % 2 == 0 ? one : two).put(key("ann", "1.0." + i), reason("x"), null);
    }

    assertThatThrownBy(() -> two.put(key("ann", "2.0.0"), reason("x"), null))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected at most %d drafts".formatted(TextDraftRegister.MAX_DRAFTS));
    one.removeAll("ann", CrateName.parse("alpha"), CrateVersion.parse("1.0.0"));
    two.put(key("ann", "2.0.0"), reason("x"), null);
  }
}

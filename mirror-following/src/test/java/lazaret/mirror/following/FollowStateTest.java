package lazaret.mirror.following;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import lazaret.testkit.Mutator;
import lazaret.vetting.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FollowStateTest {
  private static final Instant BEGUN = Instant.parse("2026-11-24T12:00:00Z");
  private static final FollowState FIRST = FollowState.begun(BEGUN);
  private static final FollowState FULL =
      FIRST
          .with(new FollowState.Feed(BEGUN.plusSeconds(1), BEGUN.plusMillis(2), BEGUN))
          .with(new FollowState.Gap(BEGUN.plusSeconds(3), "serde_json"))
          .with(new FollowState.Dump(BEGUN.minusSeconds(4), "W/\"a tag\""))
          .with(new FollowState.Day(20_781, 12, 34));

  @Test
  void isReadAsItWasWritten() {
    assertThat(FollowState.parse(FIRST.text())).isEqualTo(FIRST);
    assertThat(FollowState.parse(FULL.text())).isEqualTo(FULL);
  }

  @Test
  void hasAFixedForm() {
    assertThat(FULL.text())
        .isEqualTo(
            """
            follow 1
            begun 2026-11-24T12:00:00Z
            polled 2026-11-24T12:00:01Z
            seen 2026-11-24T12:00:00.002Z
            current 2026-11-24T12:00:00Z
            gap 2026-11-24T12:00:03Z
            walked serde_json
            dump 2026-11-24T11:59:56Z
            etag W/"a tag"
            day 20781
            requests 12
            bytes 34
            """);
  }

  @Test
  void valuesOfLaterProgramsAreIgnored() {
    assertThat(FollowState.parse(FULL.text() + "later value\nalone\n")).isEqualTo(FULL);
  }

  @Test
  void beginsWithAGap() {
    assertThat(FIRST.gap().since()).isEqualTo(BEGUN);
    assertThat(FIRST.closed().gap().since()).isNull();
    assertThat(FULL.closed().feed().current()).isEqualTo(BEGUN.plusSeconds(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "follow 1",
        "follow 1\n",
        "follow 2\nbegun 2026-11-24T12:00:00Z\n",
        "follow 1\nbegun yesterday\n",
        "follow 1\nbegun 2026-11-24T12:00:00Z\nday Tuesday\n",
        "follow 1\nbegun 2026-11-24T12:00:00Z\ngap 12\n"
      })
  void refusesOtherTexts(String text) {
    assertThatThrownBy(() -> FollowState.parse(text))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("cannot read the state of following: expected ");
  }

  @Test
  void anyTextGivesAStateOrAnError() {
    byte[] text = FULL.text().getBytes(StandardCharsets.UTF_8);
    int read = 0;
    for (long seed = 1; seed <= 3; seed++) {
      Mutator mutator = new Mutator(seed);
      for (int i = 0; i < Mutator.rounds(2_000); i++) {
        try {
          FollowState state =
              FollowState.parse(new String(mutator.mutate(text), StandardCharsets.UTF_8));
          assertThat(FollowState.parse(state.text())).isEqualTo(state);
          read++;
        } catch (MalformedException _) {
          // The only error that a reader may throw.
        }
      }
    }
    assertThat(read).isPositive();
  }

  @Test
  void aRowOfADumpIsReadAsItWasWritten() {
    CrateUseEntry entry =
        CrateUseEntry.parse("serde_json 12 fffffffffffffffe 34 9223372036854775807");

    assertThat(CrateUseEntry.parse(entry.line())).isEqualTo(entry);
    assertThat(entry.digest()).isEqualTo(-2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "serde", "serde 1 2 3", "serde 1 2 3 x", "1 1 2 3 4", "serde 1 2 3 4 5"})
  void otherRowsOfADumpAreRefused(String line) {
    assertThatThrownBy(() -> CrateUseEntry.parse(line))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

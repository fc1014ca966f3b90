package lazaret.web.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lazaret.vetting.MalformedException;
import org.junit.jupiter.api.Test;

class HunkIdTest {
  @Test
  void readsTheIdsOfHunksPiecesAndEqualLines() {
    assertThat(HunkId.parse("build-rs-h2")).isEqualTo(new HunkId("build-rs", 2, 1));
    assertThat(HunkId.parse("build-rs-h2s3")).isEqualTo(new HunkId("build-rs", 2, 3));
    assertThat(HunkId.parse("build-rs-c2").context()).isEqualTo("build-rs-c2");
  }

  @Test
  void writesWhatItReads() {
    for (String id : new String[] {"build-rs-h2", "build-rs-h2s3", "a-p1-h10"}) {
      assertThat(HunkId.parse(id)).hasToString(id);
    }
  }

  @Test
  void refusesOtherTexts() {
    for (String text : new String[] {"", "build-rs", "build-rs-h", "a\u202e-h1", "a-h99999999"}) {
      assertThatThrownBy(() -> HunkId.parse(text))
          .isInstanceOf(MalformedException.class)
          .hasMessageStartingWith("cannot find the hunk: expected an id like build-rs-h2");
    }
  }

  @Test
  void readsPositionsOfRows() {
    assertThat(PartPosition.parse("3.600")).isEqualTo(new PartPosition(3, 600));
    assertThat(PartPosition.parse("3.600")).hasToString("3.600");
    assertThatThrownBy(() -> PartPosition.parse("-1.0"))
        .isInstanceOf(MalformedException.class)
        .hasMessage(
            "cannot show a part of the review: expected FILE.ROW in 'from'; open the review again");
  }
}

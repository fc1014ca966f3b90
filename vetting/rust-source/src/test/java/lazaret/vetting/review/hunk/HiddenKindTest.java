package lazaret.vetting.review.hunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HiddenKindTest {
  @Test
  void everyFormatCharacterOfUnicodeIsHidden() {
    assertThat(
            IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(c -> Character.getType(c) == Character.FORMAT)
                .filter(c -> HiddenKind.of(c, 'a').isEmpty()))
        .isEmpty();
  }

  @Test
  void distinguishesTheKinds() {
    assertThat(HiddenKind.of(0x202E, 0)).contains(HiddenKind.BIDIRECTIONAL);
    assertThat(HiddenKind.of(0x2066, 0)).contains(HiddenKind.BIDIRECTIONAL);
    assertThat(HiddenKind.of(0x200B, 0)).contains(HiddenKind.INVISIBLE);
    assertThat(HiddenKind.of(0x00A0, 0)).contains(HiddenKind.INVISIBLE);
    assertThat(HiddenKind.of(0x3164, 0)).contains(HiddenKind.INVISIBLE);
    assertThat(HiddenKind.of(0xE0101, 0)).contains(HiddenKind.INVISIBLE);
    assertThat(HiddenKind.of(0x1B, 0)).contains(HiddenKind.CONTROL);
    assertThat(HiddenKind.of(0x2028, 0)).contains(HiddenKind.CONTROL);
  }

  @Test
  void visibleCharactersAndTheTabAreNotHidden() {
    for (int c : new int[] {'a', ' ', '\t', 0xE4, 0x430, 0x4E2D, 0x1F600, 0xFFFD}) {
      assertThat(HiddenKind.of(c, 0)).as("U+%04X", c).isEmpty();
    }
  }

  @Test
  void aSelectorIsPlainBehindOnePictographOnly() {
    assertThat(HiddenKind.of(0xFE0F, 0x2764)).isEmpty();
    assertThat(HiddenKind.of(0xFE0F, 0xFE0F)).contains(HiddenKind.INVISIBLE);
    assertThat(HiddenKind.of(0xFE0F, '1')).contains(HiddenKind.INVISIBLE);
  }

  @Test
  void lettersOfOtherScriptsAreForeign() {
    assertThat(HiddenKind.foreign(0x430)).isTrue();
    assertThat(HiddenKind.foreign(0x251)).isTrue();
    assertThat(HiddenKind.foreign(0xFF41)).isTrue();
    assertThat(HiddenKind.foreign(0x1D41A)).isTrue();
    assertThat(HiddenKind.foreign('a')).isFalse();
    assertThat(HiddenKind.foreign(0xE9)).isFalse();
  }
}

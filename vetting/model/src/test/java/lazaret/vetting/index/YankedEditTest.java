package lazaret.vetting.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YankedEditTest {
  private static String edited(String line) {
    return YankedEdit.withYanked(Bytes.utf8(line)).text();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"yanked\":false}             | {\"yanked\":true}",
        "{\"yanked\":null,\"v\":1}      | {\"yanked\":true,\"v\":1}",
        "{\"yanked\":true}              | {\"yanked\":true}",
        "{ \"yanked\" :  false , \"a\":1 } | { \"yanked\" :  true , \"a\":1 }",
        "{}                             | {\"yanked\":true}",
        "{ }                            | { \"yanked\":true}",
        "{\"a\":1}                      | {\"a\":1,\"yanked\":true}",
        "{\"a\":1 }                     | {\"a\":1 ,\"yanked\":true}",
        "{\"a\":{\"yanked\":false}}     | {\"a\":{\"yanked\":false},\"yanked\":true}",
        "{\"features\":{\"yanked\":[]},\"yanked\":false} | {\"features\":{\"yanked\":[]},\"yanked\":true}",
        "{\"a\":[{\"yanked\":false}],\"yanked\":null} | {\"a\":[{\"yanked\":false}],\"yanked\":true}",
        "{\"yank\\u0065d\":false}       | {\"yank\\u0065d\":true}",
        "{\"a\":\"\\\"yanked\\\":false\",\"yanked\":false} | {\"a\":\"\\\"yanked\\\":false\",\"yanked\":true}",
        "{\"é€😀\":\"ü\",\"yanked\":false,\"z\":\"ä\"} | {\"é€😀\":\"ü\",\"yanked\":true,\"z\":\"ä\"}"
      })
  void changesTheTopLevelValueAndNothingElse(String line, String expected) {
    assertThat(edited(line)).isEqualTo(expected);
    assertThat(edited(expected)).isEqualTo(expected);
  }

  @Test
  void showsWhatItChanges() {
    YankedEdit edit = YankedEdit.of(Bytes.utf8("{\"yanked\":false,\"v\":1}"));

    assertThat(edit.offset()).isEqualTo(10);
    assertThat(edit.length()).isEqualTo(5);
    assertThat(edit.replacement()).isEqualTo(Bytes.utf8("true"));
    assertThat(edit.apply()).isEqualTo(Bytes.utf8("{\"yanked\":true,\"v\":1}"));
  }

  @Test
  void returnsALineThatIsYankedAsItIs() {
    Bytes line = Bytes.utf8("{\"yanked\" : true}");

    assertThat(YankedEdit.withYanked(line)).isSameAs(line);
  }

  @Test
  void findsTheValueWhereverTheParsersBufferEnds() {
    for (int padding : new int[] {0, 1, 3_999, 4_000, 7_999, 8_000, 32_700, 32_768, 70_000}) {
      for (String filler : new String[] {"x", "é", "€", "😀"}) {
        String before = "{\"a\":\"" + "x".repeat(padding % 7) + filler.repeat(padding) + "\",";

        assertThat(edited(before + "\"yanked\":false,\"b\":1}"))
            .isEqualTo(before + "\"yanked\":true,\"b\":1}");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{",
        "{\"yanked\":\"false\"}",
        "{\"yanked\":0}",
        "{\"yanked\":[]}",
        "{\"yanked\":false,\"yanked\":false}",
        "{\"yanked\":false,\"yank\\u0065d\":false}",
        "{\"yanked\":false}{}",
        "{\"yanked\":false} x",
        "{\"yanked\":\tfalse}",
        "\ufeff{\"yanked\":false}",
        "\u0000{\u0000}"
      })
  void refusesWhatIsNoLine(String line) {
    assertThatThrownBy(() -> edited(line))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("cannot mark index line as yanked: ");
  }

  @Test
  void refusesEndlessLines() {
    byte[] line = new byte[IndexLimits.DEFAULT.lineBytes() + 1];
    Arrays.fill(line, (byte) ' ');

    assertThatThrownBy(() -> YankedEdit.of(Bytes.of(line)))
        .hasMessage("cannot mark index line as yanked: longer than 1048576 bytes: 1048577");
  }
}

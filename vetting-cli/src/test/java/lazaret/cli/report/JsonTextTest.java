package lazaret.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
  private static final JsonObject SAMPLE =
      JsonObject.builder()
          .put("text", "a\u001b\u202e\"")
          .put("number", 12)
          .put("flag", true)
          .put("nothing", (String) null)
          .texts("texts", List.of("x"))
          .list("objects", List.of("y"), y -> JsonObject.builder().put("name", y).build())
          .put("object", JsonObject.EMPTY)
          .build();

  @Test
  void whatIsWrittenIsReadAgain() {
    assertThat(JsonText.parse(JsonText.encode(SAMPLE))).isEqualTo(SAMPLE);
    assertThat(JsonText.parse(Bytes.utf8(JsonText.pretty(SAMPLE)))).isEqualTo(SAMPLE);
  }

  @Test
  void nothingThatATerminalActsOnIsWritten() {
    assertThat(JsonText.pretty(SAMPLE)).matches("[\\x20-\\x7e\\n]*").contains("\\u001B", "\\u202E");
  }

  @Test
  void aFieldOfAnotherTypeCountsAsNotThere() {
    JsonObject read =
        JsonText.parse(Bytes.utf8("{\"text\":1,\"number\":\"x\",\"objects\":[1,null,{\"a\":2}]}"));

    assertThat(read.text("text")).isEmpty();
    assertThat(read.number("number")).isZero();
    assertThat(read.objects("objects")).hasSize(1);
    assertThat(read.object("missing")).isEqualTo(JsonObject.EMPTY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "{}x", "{}{}", "nul", "{\"a\":}", "{\"a\":tru}"})
  void whatIsNoObjectIsRefused(String text) {
    assertThatThrownBy(() -> JsonText.parse(Bytes.utf8(text)))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("cannot read JSON");
  }

  @Test
  void deepNestingIsRefusedAndNotRecursedInto() {
    String deep = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);

    assertThatThrownBy(() -> JsonText.parse(Bytes.utf8(deep)))
        .isInstanceOf(MalformedException.class);
  }
}

package lazaret.vetting.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lazaret.vetting.Bytes;
import lazaret.vetting.FuzzHarness;
import lazaret.vetting.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLayoutTest {
  private static final Bytes SAMPLE =
      Bytes.utf8(
          """
          {"text":"a\\u001b\u202e\\"","number":12,"flag":true,"texts":["x"],"none":[],
          "object":{"empty":{},"name":"\u00e9"}}
          """);

  @Test
  void indentedDocumentHasOneFieldALine() {
    assertThat(JsonLayout.indented(SAMPLE))
        .isEqualTo(
            """
            {
              "text": "a\\u001B\\u202E\\"",
              "number": 12,
              "flag": true,
              "texts": [
                "x"
              ],
              "none": [],
              "object": {
                "empty": {},
                "name": "\\u00E9"
              }
            }\
            """);
  }

  @Test
  void compactDocumentIsOneLineOfTheSameValues() {
    assertThat(JsonLayout.compact(SAMPLE))
        .isEqualTo(
            "{\"text\":\"a\\u001B\\u202E\\\"\",\"number\":12,\"flag\":true,\"texts\":[\"x\"],"
                + "\"none\":[],\"object\":{\"empty\":{},\"name\":\"\\u00E9\"}}");
  }

  @Test
  void deleteIsEscapedInNamesAndTexts() {
    assertThat(JsonLayout.compact(Bytes.utf8("{\"a\u007f\":\"b\u007f\"}")))
        .isEqualTo("{\"a\\u007F\":\"b\\u007F\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "nul", "{\"a\":}", "{\"a\":tru}", "{\"a\":1"})
  void textThatIsNotJsonIsRefused(String text) {
    assertThatThrownBy(() -> JsonLayout.indented(Bytes.utf8(text)))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("cannot print the document");
  }

  @Test
  void deepNestingIsRefused() {
    String deep = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);

    assertThatThrownBy(() -> JsonLayout.compact(Bytes.utf8(deep)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void everyDocumentIsPrintedInAsciiOrRefused() {
    FuzzHarness.run(
        "json-layout",
        input -> {
          String compact = JsonLayout.compact(input);
          assertThat(compact).matches("[\\x20-\\x7e]*");
          assertThat(JsonLayout.compact(Bytes.utf8(JsonLayout.indented(input)))).isEqualTo(compact);
        },
        "\"",
        "\\u202e",
        "{",
        "[",
        "1e9");
  }
}

package lazaret.vetting.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  private static final JsonReader READER = JsonReader.of(new JsonLimits(64, 3, 5));

  private static int tokens(JsonReader reader, String document) throws IOException {
    try (JsonParser json = reader.stream(Bytes.utf8(document))) {
      int count = 0;
      while (json.nextToken() != null) {
        count++;
      }
      return count;
    }
  }

  @Test
  void readsADocumentWithinTheLimits() throws IOException {
    assertThat(tokens(READER, "{\"a\":[[1,2]],\"b\":\"\u00e4\"}")).isEqualTo(11);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"\\u0062\":2}}",
        "[[[[1]]]]",
        "[1,2,3,4,5,6,7,8,9,1,2,3,4,5,6,7,8,9]",
        "\"0123456789012345678901234567890123456789012345678901234567890123456789\"",
        "\ufeff{}",
        "{} x",
        "{'a':1}",
        "[1,]",
        "[NaN]"
      })
  void refusesOthers(String document) {
    assertThatThrownBy(() -> tokens(READER, document)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x80, 0xc0, 0xff})
  void refusesOtherEncodings(int first) {
    byte[] broken = {'"', (byte) first, '"'};
    assertThatThrownBy(() -> READER.stream(Bytes.of(broken)))
        .hasMessage("the document is not UTF-8");
    byte[] wide = {'{', 0, '}', 0};
    assertThatThrownBy(
            () -> {
              try (JsonParser json = READER.stream(Bytes.of(wide))) {
                json.nextToken();
                json.nextToken();
              }
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void findsTheFaultOfARefusedDocument() throws IOException {
    String twice = "{\"a\":1,\"a\":2}";
    assertThat(tokens(JsonReader.ofRefused(new JsonLimits(64, 3, 5)), twice)).isEqualTo(6);
  }
}

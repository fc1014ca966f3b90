package lazaret.mirror.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Http1WriterTest {
  private static final byte[] DATE = "Mon, 30 Nov 2026 10:00:00 GMT\r\n".getBytes(US_ASCII);

  private static HttpResponse response(int status, String value, Bytes body) {
    return new HttpResponse(
        status,
        List.of(new HttpResponse.Field("etag", value), new HttpResponse.Field("vary", "a")),
        body);
  }

  private static String text(HttpResponse answer) {
    int body = answer.status() == 200 ? Http1Writer.beginning(answer.body().length()) : 0;
    ByteBuffer message = Http1Writer.message(answer, DATE, body);
    return message == null
        ? "none"
        : new String(message.array(), message.arrayOffset(), message.limit(), ISO_8859_1);
  }

  @Test
  void writesHeadAndBody() {
    assertThat(text(response(200, "\"tag\"", Bytes.utf8("line\n"))))
        .isEqualTo(
            """
            HTTP/1.1 200 OK\r
            date: Mon, 30 Nov 2026 10:00:00 GMT\r
            etag: "tag"\r
            vary: a\r
            content-length: 5\r
            \r
            line
            """);
  }

  @Test
  void writesPreparedLinesLikeFields() {
    HttpResponse plain = response(200, "\"tag\"", Bytes.utf8("line\n"));
    HttpResponse prepared =
        new HttpResponse(200, plain.fields(), plain.body(), "", Http1Writer.lines(plain.fields()));

    assertThat(prepared.lines()).isNotNull();
    assertThat(text(prepared)).isEqualTo(text(plain));
    assertThat(Http1Writer.lines(response(200, "a\nb", Bytes.EMPTY).fields())).isNull();
  }

  @Test
  void writesAnEmptyBodyWithItsLength() {
    assertThat(text(response(200, "\"tag\"", Bytes.EMPTY)))
        .endsWith("\r\ncontent-length: 0\r\n\r\n");
  }

  @Test
  void writesNoBodyAndNoLengthForAnUnchangedFile() {
    assertThat(text(response(304, "\"tag\"", Bytes.utf8("line\n"))))
        .startsWith("HTTP/1.1 304 Not Modified\r\n")
        .doesNotContain("content-length")
        .endsWith("vary: a\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\r\nset-cookie: b",
        "a\nb",
        "a\rb",
        "a\0b",
        "a\tb",
        "\u007f",
        "\u00fc",
        "\u0a0a"
      })
  void leavesOtherCharactersToTheLibrary(String value) {
    assertThat(text(response(200, value, Bytes.EMPTY))).isEqualTo("none");
  }

  @Test
  void leavesRefusalsToTheLibrary() {
    assertThat(text(response(403, "a", Bytes.EMPTY))).isEqualTo("none");
  }

  @Test
  void beginsALargeBody() {
    String large = text(response(200, "a", Bytes.of(new byte[ResponseWriter.LARGE + 1])));

    assertThat(large).contains("\r\ncontent-length: " + (ResponseWriter.LARGE + 1) + "\r\n");
    assertThat(large.substring(large.indexOf("\r\n\r\n") + 4)).hasSize(16 << 10);
  }
}

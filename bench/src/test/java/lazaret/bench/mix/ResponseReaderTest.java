package lazaret.bench.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ResponseReaderTest {
  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void readsResponsesOneAfterTheOther() throws IOException {
    String body = "x".repeat(100_000);
    InputStream first =
        bytes("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    InputStream second = bytes("HTTP/1.1 304 Not Modified\r\nContent-Length: 5000\r\n\r\n");
    InputStream third = bytes("HTTP/1.1 404 Not Found\r\nETag: a\r\ncontent-length:0\r\n\r\n");
    ResponseReader reader =
        new ResponseReader(new SequenceInputStream(first, new SequenceInputStream(second, third)));

    assertThat(reader.next()).isEqualTo(200);
    assertThat(reader.next()).isEqualTo(304);
    assertThat(reader.next()).isEqualTo(404);
    assertThatThrownBy(reader::next).isInstanceOf(EOFException.class);
  }

  @Test
  void readsAResponseThatComesInPieces() throws IOException {
    InputStream whole = bytes("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc");
    InputStream pieces =
        new InputStream() {
          @Override
          public int read() throws IOException {
            return whole.read();
          }

          @Override
          public int read(byte[] into, int from, int most) throws IOException {
            return whole.read(into, from, Math.min(1, most));
          }
        };

    assertThat(new ResponseReader(pieces).next()).isEqualTo(200);
    assertThat(whole.read()).isEqualTo(-1);
  }

  @Test
  void refusesWhatHasNoLengthOrAnotherOne() {
    assertThatThrownBy(() -> next("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"))
        .hasMessageContaining("expected a length");
    assertThatThrownBy(() -> next("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab"))
        .hasMessageContaining("found more bytes");
    assertThatThrownBy(() -> next("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab"))
        .isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> next("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"))
        .hasMessageContaining("expected a number");
    assertThatThrownBy(() -> next("HTTP/1.1 200 OK\r\nA: " + "a".repeat(40_000)))
        .hasMessageContaining("at most 32 KB");
  }

  private static int next(String text) throws IOException {
    return new ResponseReader(bytes(text)).next();
  }
}

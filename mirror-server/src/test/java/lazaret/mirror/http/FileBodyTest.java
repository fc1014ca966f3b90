package lazaret.mirror.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import lazaret.mirror.budget.Budget;
import lazaret.mirror.budget.Reservation;
import lazaret.mirror.clients.Client;
import lazaret.site.store.SiteFile;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;

class FileBodyTest {
  private static final Bytes CONTENT = Bytes.utf8("0123456789");

  /// A file of ten bytes.
  private static final SiteFile FILE =
      new SiteFile() {
        @Override
        public Sha256 sha256() {
          return Sha256.of(CONTENT);
        }

        @Override
        public long length() {
          return CONTENT.length();
        }

        @Override
        public int heap() {
          return 1 << 20;
        }

        @Override
        public InputStream open(long from) {
          return Bytes.copyOf(CONTENT.array(), (int) from, CONTENT.length() - (int) from)
              .inputStream();
        }
      };

  @Test
  void rangesLieWithinTheFile() {
    assertThat(FileBody.of(FILE)).isEqualTo(new FileBody(FILE, 0, 10));
    assertThat(new FileBody(FILE, 10, 0).length()).isZero();
    for (long[] bad : new long[][] {{-1, 1}, {0, 11}, {5, 6}, {11, 0}, {0, -1}}) {
      assertThatThrownBy(() -> new FileBody(FILE, bad[0], bad[1]))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new FileBody(FILE, Long.MAX_VALUE, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void responsesKeepTheirFile() {
    HttpResponse answer =
        HttpResponse.of(206, "application/gzip", new FileBody(FILE, 2, 5))
            .with("content-range", "bytes 2-6/10")
            .coded("a-code")
            .retryAfter(Duration.ofSeconds(1));

    assertThat(answer.length()).isEqualTo(5);
    assertThat(answer.file()).isEqualTo(new FileBody(FILE, 2, 5));
    assertThat(answer.body()).isEqualTo(Bytes.EMPTY);
    assertThat(answer.fields())
        .extracting(HttpResponse.Field::name)
        .containsExactly("content-type", "x-content-type-options", "content-range", "retry-after");
  }

  @Test
  void responsesReserveTheHeapOfTheirStream() {
    Budget budget = new Budget(4 << 20, 4 << 20);
    HttpResponse answer = HttpResponse.of(200, "application/gzip", FileBody.of(FILE));

    try (Reservation room = budget.reserve("client", 0, Duration.ZERO).orElseThrow()) {
      assertThat(OverloadResponses.covers(room, request("HEAD"), answer)).isTrue();
      assertThat(budget.used()).isZero();
      assertThat(OverloadResponses.covers(room, request("GET"), answer)).isTrue();
      assertThat(budget.used()).isGreaterThan(FILE.heap());
    }
  }

  private static HttpRequest request(String method) {
    return new HttpRequest(
        method,
        "/site/files/a",
        "",
        "",
        null,
        Client.of(InetAddress.getLoopbackAddress()),
        _ -> Optional.empty(),
        _ -> new RequestBodies.Read.TooLong(),
        () -> "1");
  }

  @Test
  void responsesWithoutAFileHaveTheLengthOfTheirBody() {
    assertThat(HttpResponse.of(200, "text/plain", CONTENT).length()).isEqualTo(10);
    assertThat(HttpResponse.text(404, "nothing").file()).isNull();
  }
}

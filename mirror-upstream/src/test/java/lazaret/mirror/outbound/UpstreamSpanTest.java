package lazaret.mirror.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import lazaret.testkit.RecordedSpan;
import lazaret.vetting.trace.CurrentSpan;
import org.junit.jupiter.api.Test;

class UpstreamSpanTest {
  private static final URI AT =
      URI.create("https://user:word@index.example.org/se/rd/serde?key=word");

  private static RecordedSpan sent(OutboundExchange.Result result) {
    RecordedSpan request = new RecordedSpan("request");
    OutboundExchange.Result got =
        CurrentSpan.of(
            request,
            _ ->
                UpstreamSpan.send(
                    AT,
                    headers -> {
                      assertThat(headers).containsKey("traceparent");
                      return result;
                    }));
    assertThat(got).isSameAs(result);
    return request.children().getFirst();
  }

  @Test
  void hasTheAddressWithoutCredentialsAndQuery() {
    RecordedSpan span =
        sent(new OutboundExchange.Result.Failed(FailureKind.TIMEOUT, "word of upstream"));

    assertThat(span.name()).isEqualTo("GET");
    assertThat(span.attributes())
        .isEqualTo(
            Map.of(
                "http.request.method", "GET",
                "server.address", "index.example.org",
                "server.port", 443L,
                "url.full", "https://index.example.org/se/rd/serde"));
    assertThat(span.failure()).isEqualTo("timeout");
    assertThat(span.ended()).isTrue();
  }

  @Test
  void requestWithinNoBudgetIsMarked() {
    assertThat(sent(new OutboundExchange.Result.Spent("used up", Duration.ofSeconds(1))).failure())
        .isEqualTo("budget");
  }

  @Test
  void withoutATraceNoFieldIsAdded() {
    OutboundExchange.Result result =
        new OutboundExchange.Result.Failed(FailureKind.TIMEOUT, "late");

    assertThat(
            UpstreamSpan.send(
                AT,
                headers -> {
                  assertThat(headers).isEmpty();
                  return result;
                }))
        .isSameAs(result);
  }
}

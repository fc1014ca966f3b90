package lazaret.e2e.cluster.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SortedMap;
import java.util.TreeMap;
import lazaret.e2e.harness.HttpProbeClient;
import lazaret.testkit.JsonObject;

/// The decisions in the ledger, as a server shows them.
public final class LedgerReader {
  private static final int PAGE = 10_000;

  private LedgerReader() {}

  /// Returns the reasons of all decisions by their sequence.
  public static SortedMap<Long, String> reasons(HttpProbeClient http) {
    SortedMap<Long, String> reasons = new TreeMap<>();
    long after = 0;
    while (true) {
      HttpProbeClient.Answer answer = http.desk("/events?limit=" + PAGE + "&after=" + after);
      assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
      JsonObject page = JsonObject.parse(answer.body());
      for (JsonObject event : page.objects("events")) {
        event
            .object("decision")
            .text("reason")
            .ifPresent(reason -> reasons.put(event.number("sequence"), reason));
      }
      if (page.number("next") == after) {
        return reasons;
      }
      after = page.number("next");
    }
  }
}

package lazaret.mirror.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import lazaret.mirror.TestGate;
import lazaret.mirror.TestServer;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.serving.IndexOutcome;
import lazaret.vetting.gate.shares.ActingClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One invented name after another: security 16. The budget is 100 requests a second.
class InventedNamesTest {
  @TempDir Path folder;

  private static String path(int number) {
    return "/index/qz/in/qzinvented" + number;
  }

  @Test
  void floodOfInventedNamesLeavesTheBudgetOfOthers() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger number = new AtomicInteger();
    try (TestServer server = new TestServer(folder, Map.of());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> floods = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        floods.add(
            threads.submit(
                () -> {
                  try (HonestClient client = new HonestClient(server.port(), "127.0.0.9")) {
                    while (!stop.get()) {
                      client.get(path(number.getAndIncrement()));
                    }
                  }
                  return null;
                }));
      }
      while (asked(server, "qzinvented") < 250) {
        Thread.sleep(20);
      }
      for (int i = 0; i < 20; i++) {
        String name = "honest" + (char) ('a' + i);
        server.gate.publish(name, "1.0.0", 100);
        assertThat(HonestClient.once(server.port(), "127.0.0.2", "/index/ho/ne/" + name))
            .isEqualTo(200);
      }
      stop.set(true);
      for (Future<?> flood : floods) {
        flood.get();
      }

      // Without shares: everything that the budget has, a burst of 1,000 first.
      assertThat(asked(server, "qzinvented")).isLessThan(900);
      assertThat(asked(server, "honest")).isEqualTo(20);
    }
  }

  private static long asked(TestServer server, String name) {
    return server.gate.remote.requests().stream().filter(r -> r.target().contains(name)).count();
  }

  /// A client over its share requests a name that another one needs.
  @Test
  void spentShareDoesNotMarkANameAsFailed() throws Exception {
    try (TestGate gate =
        new TestGate(
            folder,
            Map.of("LAZARET_GATE_VETTING_WAIT", "4s"),
            new InMemoryStore(),
            new UpstreamOptions.RateLimits(2, 0))) {
      gate.publish("victim", "1.0.0", 100);
      String detail = "";
      for (int i = 0; i < 100 && !detail.contains("share"); i++) {
        detail = refusal(gate, "attacker", "qzinvented" + i);
      }
      assertThat(detail).contains("share of requests to upstream is spent");

      assertThat(refusal(gate, "attacker", "victim")).contains("share");
      assertThat(refusal(gate, "honest", "victim")).isEmpty();
    }
  }

  private static String refusal(TestGate gate, String client, String name) {
    return switch (ActingClient.of(client, () -> gate.wiring.gate().index(CrateName.parse(name)))) {
      case IndexOutcome.Unavailable none -> none.detail();
      case IndexOutcome.Absent _ -> "absent";
      case IndexOutcome.Served _ -> "";
    };
  }
}

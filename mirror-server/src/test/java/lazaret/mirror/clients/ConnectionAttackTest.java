package lazaret.mirror.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lazaret.mirror.TestServer;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.attack.ConnectionAttack;
import lazaret.vetting.crates.CrateId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Attacks with connections, each by its name. The attacker is 127.0.0.9.
class ConnectionAttackTest {
  private static final boolean ALL = Boolean.getBoolean("lazaret.all");
  private static final String ATTACKER = "127.0.0.9";
  private static final String HONEST = "127.0.0.2";

  @TempDir Path folder;

  private TestServer server(Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(variables);
    all.putIfAbsent("LAZARET_SERVER_MAX_CONNECTIONS", ALL ? "4096" : "160");
    return new TestServer(folder.resolve("data"), all);
  }

  private static InetSocketAddress target(TestServer server) {
    return HonestClient.at("127.0.0.1", server.port());
  }

  /// 5,000 connections of one client: security 14, reliability F5.
  @ParameterizedTest
  @EnumSource(ConnectionAttack.class)
  void manyConnectionsOfOneClientShutNobodyOut(ConnectionAttack attack) throws Exception {
    int many = ALL ? 5_000 : 600;
    try (TestServer server = server(Map.of());
        HonestClient before = new HonestClient(server.port(), HONEST)) {
      assertThat(before.get("/health/live")).isEqualTo(200);
      List<Socket> held = new ArrayList<>();
      try {
        for (int i = 0; i < many; i++) {
          held.add(attack.open(target(server), ATTACKER));
          if (i % (many / 20) == many / 20 - 1) {
            assertThat(HonestClient.once(server.port(), HONEST, "/health/live"))
                .as("a new connection after %d of %s", i, attack)
                .isEqualTo(200);
          }
        }

        assertThat(before.get("/health/live")).as("the connection from before").isEqualTo(200);
      } finally {
        for (Socket socket : held) {
          socket.close();
        }
      }
    }
  }

  /// Half-open requests from one address, an honest client behind the same address.
  ///
  /// One request in a thousand of the other honest client may fail: where all processors are busy,
  /// one connection of some hundred thousand was reset, and cargo repeats such a request.
  @ParameterizedTest
  @EnumSource(names = {"HALF_OPEN", "SILENT", "IDLE"})
  void neighborsBehindTheAddressOfTheAttackerAreServed(ConnectionAttack attack) throws Exception {
    // Where other tests use all processors, the head of an honest request may wait for seconds.
    try (TestServer server = server(Map.of("LAZARET_SERVER_HEAD_TIMEOUT", "60s"));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int answered = 0;
      int asked = 0;
      int lost = 0;
      for (int round = 0; round == 0 || (answered == 0 && round < 5); round++) {
        Future<Integer> attackers =
            threads.submit(() -> attack.run(target(server), ATTACKER, ALL ? 5_000 : 600, 3));
        while (!attackers.isDone()) {
          asked++;
          lost += reached(server, HONEST) ? 0 : 1;
          answered += reached(server, ATTACKER) ? 1 : 0;
        }
        assertThat(attackers.get()).isGreaterThan(160);
      }

      assertThat(lost).as("lost of %d requests", asked).isLessThanOrEqualTo(1 + asked / 1_000);
      assertThat(answered).as("requests from the address of the attacker").isPositive();
      assertThat(HonestClient.once(server.port(), ATTACKER, "/health/live")).isEqualTo(200);
    }
  }

  private static boolean reached(TestServer server, String from) {
    try {
      return HonestClient.once(server.port(), from, "/health/live") == 200;
    } catch (IOException _) {
      return false;
    }
  }

  /// Slowloris: one byte after the other.
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"IDLE", "HALF_TLS"})
  void slowlorisEndsWithTheTimeForAHead(ConnectionAttack attack) throws Exception {
    try (TestServer server =
        server(
            Map.of(
                "LAZARET_SERVER_HEAD_TIMEOUT", "1s", "LAZARET_SERVER_TRUSTED_PROXIES", ATTACKER))) {
      long closed = attack.drip(target(server), ATTACKER, 100, 20);

      assertThat(closed).as(attack.toString()).isBetween(0L, 15_000L);
    }
  }

  @Test
  void connectionsBetweenTwoRequestsHaveTheIdleTimeout() throws Exception {
    // Where other tests use all processors, the head of a request may wait for a second.
    try (TestServer server = server(Map.of("LAZARET_SERVER_HEAD_TIMEOUT", "3s"));
        HonestClient client = new HonestClient(server.port(), HONEST)) {
      for (int i = 0; i < 2; i++) {
        assertThat(client.get("/health/live")).isEqualTo(200);
        Thread.sleep(5_500);
      }

      assertThat(client.get("/health/live")).isEqualTo(200);
    }
  }

  @Test
  void answersInProgressSurviveAFullServer() throws Exception {
    byte[] noise = new byte[12 << 20];
    new Random(1).nextBytes(noise);
    try (TestServer server = server(Map.of("LAZARET_SERVER_MAX_CONNECTIONS", "40"))) {
      CrateId large =
          server.gate.publish(
              CrateBuilder.crate("large", "1.0.0").file("src/lib.rs", "").file("data", noise), 100);
      assertThat(server.get("/index/la/rg/large").statusCode()).isEqualTo(200);
      try (HonestClient download = new HonestClient(server.port(), HONEST)) {
        download.ask(TestServer.dl(large));
        assertThat(download.in().read()).isEqualTo('H');

        ConnectionAttack.IDLE.run(target(server), HONEST, 200, 2);

        assertThat(download.in().readNBytes(noise.length)).hasSize(noise.length);
      }
    }
  }

  @Test
  void oldestIdleConnectionGivesWay() throws Exception {
    try (TestServer server = server(Map.of("LAZARET_SERVER_MAX_CONNECTIONS", "20"))) {
      List<HonestClient> clients = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        HonestClient client = new HonestClient(server.port(), "127.0.1." + (1 + i / 2));
        clients.add(client);
        assertThat(client.get("/health/live")).isEqualTo(200);
      }

      assertThat(HonestClient.once(server.port(), "127.0.2.1", "/health/live")).isEqualTo(200);

      assertThat(clients.getFirst().answer()).as("the oldest").isEqualTo(-1);
      for (HonestClient client : clients.subList(2, clients.size())) {
        assertThat(client.get("/health/live")).isEqualTo(200);
      }
      for (HonestClient client : clients) {
        client.close();
      }
    }
  }

  /// A client whose connections all have an answer in progress, so that none of them can be closed.
  @Test
  void clientWithManyAnswersDisplacesNoClientWithFewer() throws Exception {
    byte[] noise = new byte[12 << 20];
    new Random(1).nextBytes(noise);
    try (TestServer server = server(Map.of("LAZARET_SERVER_MAX_CONNECTIONS", "20"))) {
      CrateId large =
          server.gate.publish(
              CrateBuilder.crate("large", "1.0.0").file("src/lib.rs", "").file("data", noise), 100);
      assertThat(server.get("/index/la/rg/large").statusCode()).isEqualTo(200);
      List<HonestClient> clients = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        HonestClient idle = new HonestClient(server.port(), "127.0.1." + (1 + i));
        clients.add(idle);
        assertThat(idle.get("/health/live")).isEqualTo(200);
      }
      for (int i = 0; i < 15; i++) {
        HonestClient answered = new HonestClient(server.port(), ATTACKER);
        clients.add(answered);
        answered.ask(TestServer.dl(large));
        assertThat(answered.in().read()).isEqualTo('H');
      }

      assertThat(reached(server, ATTACKER)).as("one more of the attacker").isFalse();

      for (HonestClient idle : clients.subList(0, 4)) {
        assertThat(idle.get("/health/live")).isEqualTo(200);
      }
      for (HonestClient client : clients) {
        client.close();
      }
    }
  }

  /// The defaults let 500 CI jobs behind one address build: two connections each, as cargo has.
  @Test
  void fiveHundredJobsBehindOneAddress() throws Exception {
    try (TestServer server = server(Map.of("LAZARET_SERVER_MAX_CONNECTIONS", "4096"));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CrateId alpha = server.gate.publish("alpha", "1.0.0", 100);
      assertThat(server.get("/index/al/ph/alpha").statusCode()).isEqualTo(200);
      List<Callable<List<Integer>>> jobs = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        jobs.add(
            () -> {
              try (HonestClient one = new HonestClient(server.port(), HONEST);
                  HonestClient two = new HonestClient(server.port(), HONEST)) {
                return List.of(
                    one.get("/index/config.json"),
                    two.get("/index/al/ph/alpha"),
                    one.get(TestServer.dl(alpha)),
                    two.get(TestServer.dl(alpha)));
              }
            });
      }
      for (Future<List<Integer>> job : threads.invokeAll(jobs)) {
        assertThat(job.get()).containsOnly(200);
      }
      assertThat(server.get("/metrics").body())
          .contains("lazaret_http_connections_closed_total{reason=\"full\"} 0.0\n")
          .contains("lazaret_http_connections_closed_total{reason=\"refused\"} 0.0\n");
    }
  }

  /// IPv6 loopback: all of ::/64 is one client.
  @Test
  void attackOverIpv6() throws Exception {
    assumeTrue(hasIpv6(), "this machine has no IPv6 loopback");
    try (TestServer server =
        server(Map.of("LAZARET_LISTEN", "[::]:0", "LAZARET_PUBLIC_URL", "http://127.0.0.1:1"))) {
      InetSocketAddress target = HonestClient.at("::1", server.port());
      List<Socket> held = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        held.add(ConnectionAttack.HALF_OPEN.open(target, "::1"));
      }

      try (HonestClient four = new HonestClient(server.port(), HONEST);
          HonestClient six = new HonestClient(server.port(), "::1", "::1")) {
        assertThat(four.get("/health/live")).isEqualTo(200);
        assertThat(six.get("/health/live")).isEqualTo(200);
      }
      for (Socket socket : held) {
        socket.close();
      }
    }
  }

  private static boolean hasIpv6() {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(HonestClient.at("::1", 0));
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}

package lazaret.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import lazaret.mirror.server.HttpServer;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.gate.store.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The small named values that a gate writes: names and forms, which stores out there hold and may
/// never change. Those of bundles are in the tests of their module.
class MetaKeyTest {
  private static final Map<String, String> FORMS =
      Map.ofEntries(
          Map.entry("audits", "peer"),
          Map.entry(
              "audits/peer",
              "source test\nat \\S+Z\nsaid 1\n(seen alpha \\S+ [0-9a-f]{64}\n)*\n"
                  + "\n?# cargo-vet audits file\n(?s:.*)"),
          Map.entry(
              "detonation/[0-9a-f]{64}",
              """
              [0-9a-f]{64}
              \\S+Z
              local:ann
              built
              denied keyring
              ran /usr/bin/cc
              said cargo:x
              read /etc/a
              wrote b
              """),
          Map.entry("feeds.rejudge", "pending|done"),
          Map.entry("policy.generation", "[0-9a-f]{16}"),
          Map.entry("removals", "removals 1\n(\\S+ [^\n]+\n)*"),
          Map.entry("rescan.done", "([0-9a-f]{64})?"),
          Map.entry("rescan.reached", "[0-9a-f]{64} ([0-9a-f]{64})?"),
          Map.entry("retention.dropped", "old-accesses 1"),
          Map.entry("retention.ran", "\\S+Z \\S+Z"),
          Map.entry("rulings.since", "\\S+Z"),
          Map.entry("tokens-revoked", "[0-9a-f]{16}"),
          Map.entry("webhook.[0-9a-f]{16}", "[0-9]+"));

  @TempDir Path folder;

  private final Map<String, String> written = new HashMap<>();

  /// Notes what is written.
  private Store around(Store store) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              if (arguments != null && arguments[0] instanceof Batch batch) {
                batch.writes().forEach(this::note);
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void note(Batch.Write write) {
    if (write instanceof Batch.Write.PutMeta(String name, Bytes value)) {
      synchronized (written) {
        written.put(name, value.text());
      }
    }
  }

  private Map<String, String> written() {
    synchronized (written) {
      return Map.copyOf(written);
    }
  }

  @Test
  void namesAndFormsOfTheSmallValuesOfAGateStay() throws IOException {
    com.sun.net.httpserver.HttpServer receiver =
        com.sun.net.httpserver.HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
    try (TestGate gate = new TestGate(folder.resolve("data"), settings(url), around(store()));
        HttpServer _ = gate.wiring.listen()) {
      everything(gate);
      await(
          () ->
              FORMS.keySet().stream()
                  .allMatch(form -> written().keySet().stream().anyMatch(n -> n.matches(form))));
    } finally {
      receiver.stop(0);
    }

    written()
        .forEach(
            (name, value) ->
                assertThat(FORMS)
                    .as(name)
                    .anySatisfy(
                        (form, values) -> {
                          assertThat(name).matches(form);
                          assertThat(value).as(name).matches(values);
                        }));
    FORMS
        .keySet()
        .forEach(form -> assertThat(written().keySet()).anyMatch(name -> name.matches(form)));
    String position = "webhook." + Sha256.of(Bytes.utf8(url)).hex().substring(0, 16);
    assertThat(written()).containsKey(position);
  }

  private static Store store() {
    return new InMemoryStore();
  }

  private Map<String, String> settings(String url) throws IOException {
    Files.writeString(folder.resolve("secret"), "0123456789abcdef0123456789abcdef\n");
    Files.writeString(folder.resolve("policy.toml"), "cooldown = \"3d\"\n");
    return Map.of(
        "LAZARET_POLICY_FILE",
        folder.resolve("policy.toml").toString(),
        "LAZARET_WEBHOOKS_URLS",
        url,
        "LAZARET_WEBHOOKS_SECRET_FILE",
        folder.resolve("secret").toString(),
        "LAZARET_WEBHOOKS_PRIVATE_HOSTS",
        "127.0.0.1",
        "LAZARET_WEBHOOKS_EVENTS",
        "all");
  }

  private static void everything(TestGate gate) {
    CrateId alpha = gate.publish("alpha", "1.0.0", 100);
    gate.publish("alpha", "1.0.1", 90);
    gate.wiring.gate().index(alpha.name());
    download(gate, alpha);
    ask(
        gate,
        "PUT",
        "/feeds/names?format=local",
        "[[advisory]]\nid = \"A-1\"\nreason = \"r\"\niocs = [\"drop.evil.invalid\"]\n");
    ask(
        gate,
        "POST",
        "/audits",
        "{\"name\":\"peer\",\"source\":\"test\",\"toml\":\"[[audits.alpha]]\\nwho = \\\"Pat <pat@example.org>\\\"\\ncriteria = \\\"safe-to-run\\\"\\nversion = \\\"1.0.0\\\"\\n\"}");
    ask(
        gate,
        "PUT",
        "/crates/alpha/1.0.0/detonation",
        ("{\"cksum\":\"%s\",\"ending\":\"built\",\"traces\":[{\"kind\":\"ran\",\"what\":\"/usr/bin/cc\"},{\"kind\":\"denied\",\"what\":\"keyring\"},"
                + "{\"kind\":\"said\",\"what\":\"cargo:x\"},{\"kind\":\"read\",\"what\":\"/etc/a\"},{\"kind\":\"wrote\",\"what\":\"b\"}]}")
            .formatted(alpha.cksum()));
    ask(gate, "POST", "/tokens", "{\"name\":\"ci\",\"scopes\":[\"read\"]}");
    ask(gate, "DELETE", "/tokens/ci", "");
    gate.registry.removeLine("alpha", "1.0.0");
    gate.clock.advance(Duration.ofHours(1));
    gate.wiring.gate().index(alpha.name());
    gate.wiring.gate().retain();
    for (int week = 0; week < 60; week++) {
      gate.clock.advance(Duration.ofDays(7));
      gate.wiring.gate().retain();
    }
  }

  private static void download(TestGate gate, CrateId id) {
    var _ =
        gate.wiring
            .gate()
            .download(id.name(), id.version(), id.cksum(), new Requester("ci", "127.0.0.1"));
  }

  private static void ask(TestGate gate, String method, String target, String body) {
    var answer = gate.desk(method, target, body);
    assertThat(answer.status()).as(target + answer.body().text()).isLessThan(300);
  }

  private static void await(BooleanSupplier condition) {
    Instant end = Instant.now().plusSeconds(20);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        return;
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}

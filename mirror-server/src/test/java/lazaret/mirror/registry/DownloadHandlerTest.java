package lazaret.mirror.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import lazaret.mirror.TestServer;
import lazaret.mirror.config.ConfigGoldenFiles;
import lazaret.mirror.server.RawClient;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.Fault;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadHandlerTest {
  private static final Sha256 OTHER = Sha256.of(Bytes.utf8("other"));

  @TempDir Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = new TestServer(folder, Map.of("LAZARET_GATE_VETTING_WAIT", "300ms"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void handsOutTheBytesOfAVettedVersion() {
    CrateBuilder crate = CrateBuilder.crate("alpha", "1.0.0+meta").file("src/lib.rs", "");
    CrateId id = server.gate.publish(crate, 100);

    HttpResponse<byte[]> answer;
    try (HttpClient client = HttpClient.newHttpClient()) {
      answer =
          server.send(
              client,
              TestServer.dl(id),
              new String[] {"Accept-Encoding", "gzip"},
              HttpRequest.Builder::GET,
              HttpResponse.BodyHandlers.ofByteArray());
    }

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(crate.build().array());
    assertThat(answer.headers().firstValue("content-type")).contains("application/gzip");
    assertThat(answer.headers().firstValue("content-encoding")).isEmpty();
    assertThat(answer.headers().firstValueAsLong("content-length"))
        .hasValue(crate.build().length());
    assertThat(answer.headers().firstValue("etag")).contains("\"" + id.cksum() + "\"");
  }

  @Test
  void takesAPlusAsItIsAndEncoded() {
    CrateId id = server.gate.publish("alpha", "1.0.0+meta", 100);

    assertThat(RawClient.get(server.port(), TestServer.dl(id))).startsWith("HTTP/1.1 200 ");
    for (String plus : new String[] {"%2B", "%2b"}) {
      assertThat(RawClient.get(server.port(), TestServer.dl(id).replace("+", plus)))
          .startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void answersHeadAndWhatTheClientHolds() {
    CrateId id = server.gate.publish("alpha", "1.0.0", 100);

    HttpResponse<String> head = server.send("HEAD", TestServer.dl(id), "");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValueAsLong("content-length").orElseThrow()).isPositive();
    assertThat(
            server.get(TestServer.dl(id), "If-None-Match", "\"" + id.cksum() + "\"").statusCode())
        .isEqualTo(304);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/dl/",
        "/dl/alpha",
        "/dl/alpha/1.0.0",
        "/dl/alpha/1.0.0/",
        "/dl/alpha/1.0.0/abc",
        "/dl/alpha/1.0/%s",
        "/dl/alpha/1.0.0/%S",
        "/dl/al pha/1.0.0/%s",
        "/dl/alpha/1.0.0/%s/",
        "/dl//alpha/1.0.0/%s",
        "/dl/alph%%61/1.0.0/%s",
        "/dl/alpha/1.0.0%%20/%s",
        "/dl/ALPHA/1.0.0/%s"
      })
  void standsAtOnePathOnly(String path) {
    CrateId id = server.gate.publish("alpha", "1.0.0", 100);

    assertThat(RawClient.get(server.port(), path.formatted(id.cksum().hex())))
        .matches("(?s)HTTP/1.1 40[04] .*");
  }

  /// Each outcome of the gate in the form that cargo receives.
  @Test
  void everyOutcomeHasItsStatusAndItsText() {
    StringBuilder all = new StringBuilder();
    CrateId served = server.gate.publish("served", "1.0.0", 100);
    add(all, "served", served);

    server.gate.publish("withheld", "1.0.8", 100);
    add(all, "withheld, with an older version to use", server.gate.publish("withheld", "1.0.9", 2));
    add(all, "withheld, nothing to use instead", server.gate.publish("young", "0.1.0", 1));
    CrateId denied = server.gate.publish("denied", "1.0.0", 100);
    server.gate.desk(
        "POST",
        "/decisions",
        "{\"kind\":\"deny\",\"specs\":[\"denied@1.0.0\"],\"reason\":\"steals keys\\u001b[31m\\nForged: line %s\"}"
            .formatted("long ".repeat(150)));
    add(all, "denied, by a person with a long and hostile reason", denied);
    String name = "n".repeat(64);
    add(
        all,
        "withheld, of the longest name",
        server.gate.publish(name, "1.0.0-" + "x".repeat(200), 1));

    add(all, "other checksum", new CrateId(served.name(), served.version(), OTHER));
    CrateId tampered = server.gate.publish("tampered", "1.0.0", 100);
    server.gate.registry.artifact(
        "tampered", "1.0.0", CrateBuilder.crate("tampered", "1.0.0").file("x", "evil").build());
    add(all, "wrong bytes of upstream", tampered);
    CrateId portal = server.gate.publish("portal", "1.0.0", 100);
    server.gate.remote.script("/crates/portal/*", Fault.html());
    add(all, "a page of HTML in place of the file", portal);
    CrateId hostile = server.gate.publish(CrateBuilder.crate("hostile", "1.0.0").traversal(), 100);
    add(all, "hostile archive", hostile);
    CrateId absent = server.gate.publish("absent", "1.0.0", 100);
    server.gate.registry.removeArtifact("absent", "1.0.0");
    add(all, "absent upstream", absent);
    add(all, "unknown version", version(served, "9.9.9"));
    add(all, "unknown crate", crate(served, "nowhere"));
    CrateId slow = server.gate.publish("slow", "1.0.0", 100);
    server.gate.remote.script("/crates/slow/*", new Fault.StallBeforeHeaders());
    add(all, "being fetched", slow);
    server.gate.remote.heal();
    server.gate.remote.switchOff();
    add(all, "upstream down", crate(served, "elsewhere"));

    ConfigGoldenFiles.hold(
        "mirror-server/src/test/resources/lazaret/mirror/registry/downloads.txt", all.toString());
  }

  private static CrateId version(CrateId id, String version) {
    return new CrateId(id.name(), lazaret.vetting.crates.CrateVersion.parse(version), id.cksum());
  }

  private static CrateId crate(CrateId id, String name) {
    return new CrateId(lazaret.vetting.crates.CrateName.parse(name), id.version(), id.cksum());
  }

  private void add(StringBuilder all, String title, CrateId id) {
    HttpResponse<String> answer = server.get(TestServer.dl(id));
    String body = answer.statusCode() == 200 ? "(the bytes)" : answer.body();
    if (answer.statusCode() != 200) {
      assertThat(body.length()).as(title).isLessThanOrEqualTo(401);
      assertThat(body.chars().allMatch(c -> c == '\n' || c >= ' ')).as(title).isTrue();
      assertThat(answer.headers().firstValue("x-amz-request-id")).as(title).isPresent();
      assertThat(answer.headers().firstValue("x-request-id")).as(title).isPresent();
      assertThat(answer.headers().firstValue("content-type")).contains("text/plain; charset=utf-8");
    }
    all.append("== ").append(title).append('\n').append(answer.statusCode());
    for (String header : new String[] {"retry-after", "x-cache"}) {
      answer
          .headers()
          .firstValue(header)
          .ifPresent(v -> all.append(' ').append(header).append(": ").append(v));
    }
    all.append('\n')
        .append(
            body.replaceAll("[0-9a-f]{32}(?=\n$)", "REQUEST")
                .replaceAll("127\\.0\\.0\\.1:\\d+", "HOST:PORT"))
        .append(body.endsWith("\n") ? "\n" : "\n\n");
  }
}

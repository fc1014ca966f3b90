package lazaret.mirror.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import lazaret.mirror.TestServer;
import lazaret.mirror.desk.OpenApi;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.roles.DeskRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The proof that a server gives before a client sends its token without TLS.
class ChallengeTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir Path folder;
  private TestServer server;
  private Sha256 hash;

  @BeforeEach
  void start() {
    server = new TestServer(folder, Map.of("LAZARET_PUBLIC_URL", "http://gate.example:7080"));
    hash = TokenService.hashOf(server.token("ann", DeskRole.REQUESTER));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Challenge challenge(String host, int port) {
    return Challenge.of(
        hash, host, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), RANDOM);
  }

  private HttpResponse<String> ask(String query) {
    // The client connects to the port itself, regardless of the public address.
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(
                  URI.create(
                      "http://127.0.0.1:%d%s?%s".formatted(server.port(), Challenge.PATH, query)))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError("no answer to " + query, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static String proof(HttpResponse<String> answer) {
    return OpenApi.parse(Bytes.utf8(answer.body())).path("proof").asText();
  }

  @Test
  void provesTheTokenWithoutReceivingIt() {
    Challenge challenge = challenge(Challenge.NO_HOST, server.port());

    HttpResponse<String> answer = ask(challenge.query());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(challenge.isProvedBy(hash, proof(answer))).isTrue();
    assertThat(challenge(Challenge.NO_HOST, server.port()).isProvedBy(hash, proof(answer)))
        .as("the proof for another nonce")
        .isFalse();
  }

  @Test
  void relayedChallengeForAnotherPortIsRefused() {
    HttpResponse<String> answer = ask(challenge(Challenge.NO_HOST, server.port() + 1).query());

    assertThat(answer.statusCode()).isEqualTo(421);
    assertThat(answer.body()).contains("wrong-host").doesNotContain("proof\"");
  }

  @Test
  void relayedChallengeForAnotherLoopbackAddressIsRefused() throws Exception {
    Challenge challenge =
        Challenge.of(
            hash,
            "localhost:" + server.port(),
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), server.port()),
            RANDOM);

    assertThat(ask(challenge.query()).statusCode()).isEqualTo(421);
    Challenge six =
        Challenge.of(
            hash, "-", new InetSocketAddress(InetAddress.ofLiteral("::1"), server.port()), RANDOM);
    assertThat(ask(six.query()).statusCode()).isEqualTo(421);
  }

  @Test
  void publicNameCountsWhateverThePortForwarding() throws Exception {
    Challenge challenge =
        Challenge.of(
            hash,
            "Gate.example:7080",
            new InetSocketAddress(InetAddress.ofLiteral("10.9.8.7"), 7080),
            RANDOM);

    HttpResponse<String> answer = ask(challenge.query());

    assertThat(challenge.isProvedBy(hash, proof(answer))).isTrue();
  }

  @Test
  void unknownAndRevokedTokensAreNotProved() {
    Challenge unknown =
        Challenge.of(
            TokenService.hashOf("lzr_" + "0".repeat(64)),
            "-",
            new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()),
            RANDOM);
    assertThat(ask(unknown.query()).statusCode()).isEqualTo(401);
    Challenge known = challenge("-", server.port());
    assertThat(ask(known.query()).statusCode()).isEqualTo(200);

    server.gate.wiring.desk().tokens().revoke("ann", "test");

    assertThat(ask(known.query()).statusCode()).isEqualTo(401);
  }

  @Test
  void malformedChallengesAreRefused() {
    String good = challenge("-", server.port()).query();
    for (String bad :
        new String[] {
          "",
          "token=1",
          good + "&more=1",
          good + "&token=0000000000000000",
          good.replace("nonce=", "nonce=0"),
          good.replace("host=-", "host=%0a"),
          good.replace("host=-", "host=" + "a".repeat(300)),
          good.replace("peer=", "peer=%20")
        }) {
      assertThat(ask(bad).statusCode()).as(bad).isEqualTo(400);
    }
  }
}

package lazaret.mirror.http2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import lazaret.mirror.TestServer;
import lazaret.testkit.http2.HeaderBlockBuilder;
import lazaret.testkit.http2.Http2Client;
import lazaret.testkit.http2.Http2Frame;
import lazaret.testkit.http2.Http2Target;
import lazaret.vetting.crates.CrateId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Honest clients behind the guard: curl, the JDK's client, and the behavior that the RFCs allow.
@Timeout(60)
class HonestHttp2Test {
  private static final HeaderBlockBuilder.Indexing INDEXED = HeaderBlockBuilder.Indexing.INDEXED;

  /// A header of 8 KB, as large tokens are.
  private static final String TOKEN = "Bearer " + "t0k_".repeat(2_048);

  @TempDir static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static Http2Servers servers;

  @BeforeAll
  static void start() throws IOException, GeneralSecurityException {
    servers = new Http2Servers(folder);
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  @ParameterizedTest
  @EnumSource(Http2Servers.Kind.class)
  void takesTokenOfEightKilobytes(Http2Servers.Kind kind) {
    Http2Target target = servers.target(kind);
    int unknown = kind.tokens() ? 401 : 200;
    try (Http2Client client = target.open()) {
      for (int i = 0; i < 3; i++) {
        HeaderBlockBuilder indexed = target.get().literal(INDEXED, 23, TOKEN);
        assertThat(client.response(client.request(indexed)).status()).isEqualTo(unknown);
        HeaderBlockBuilder huffman = target.get().huffman(INDEXED, "authorization", TOKEN);
        assertThat(client.response(client.request(huffman)).status()).isEqualTo(unknown);
        HeaderBlockBuilder right =
            target.get().literal(INDEXED, 23, "Bearer " + servers.secret(kind));
        assertThat(client.response(client.request(right)).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void decodesEntriesOfTheDynamicTable() {
    Http2Target target = servers.target(Http2Servers.Kind.CLEAR_TEXT_WITH_TOKENS);
    String secret = servers.secret(Http2Servers.Kind.CLEAR_TEXT_WITH_TOKENS);
    try (Http2Client client = target.open()) {
      HeaderBlockBuilder first = target.get().literal(INDEXED, 23, "Bearer " + secret);
      assertThat(client.response(client.request(first)).status()).isEqualTo(200);
      HeaderBlockBuilder again = target.get().indexed(62);
      assertThat(client.response(client.request(again)).status()).isEqualTo(200);
      HeaderBlockBuilder renamed = target.get().literal(INDEXED, 62, "Bearer other");
      assertThat(client.response(client.request(renamed)).status()).isEqualTo(401);
      HeaderBlockBuilder older = target.get().indexed(63);
      assertThat(client.response(client.request(older)).status()).isEqualTo(200);
      HeaderBlockBuilder emptied = target.get().literal(INDEXED, "x-a", "b".repeat(4_096));
      assertThat(client.response(client.request(emptied)).status()).isEqualTo(401);
      HeaderBlockBuilder refilled = target.get().literal(INDEXED, 23, "Bearer " + secret);
      assertThat(client.response(client.request(refilled)).status()).isEqualTo(200);
      assertThat(client.response(client.request(target.get().indexed(62))).status()).isEqualTo(200);
    }
  }

  @Test
  void takesBlocksOverSixteenContinuations() {
    Http2Target target = servers.target(Http2Servers.Kind.CLEAR_TEXT);
    try (Http2Client client = target.open()) {
      HeaderBlockBuilder block = target.get();
      int size = (block.bytes().length + 16) / 17;
      int stream = client.split(block, size, Http2Frame.END_STREAM);
      assertThat(client.response(stream).status()).isEqualTo(200);
    }
  }

  @Test
  void takesPaddedBodiesAndTrailers() {
    Http2Target target = servers.target(Http2Servers.Kind.CLEAR_TEXT);
    try (Http2Client client = target.open()) {
      int stream = client.stream();
      client.frame(
          Http2Frame.HEADERS,
          Http2Frame.END_HEADERS,
          stream,
          HeaderBlockBuilder.post("http", target.authority(), "/index/config.json").bytes());
      client.frame(
          Http2Frame.DATA, Http2Frame.PADDED, stream, (byte) 2, (byte) 'a', (byte) 0, (byte) 0);
      client.frame(
          Http2Frame.HEADERS,
          Http2Frame.END_HEADERS | Http2Frame.END_STREAM,
          stream,
          new HeaderBlockBuilder().literal(INDEXED, "x-sum", "1").bytes());
      client.flush();
      assertThat(client.response(stream).status()).isEqualTo(405);
      assertThat(client.get().status()).isEqualTo(200);
    }
  }

  /// Opens streams that cannot end because their bodies never end. Each beyond the limit is refused
  /// alone; the connection continues.
  @ParameterizedTest
  @EnumSource(
      value = Http2Servers.Kind.class,
      names = {"CLEAR_TEXT", "TLS"})
  void refusesStreamsBeyondAHundred(Http2Servers.Kind kind) {
    Http2Target target = servers.target(kind);
    try (Http2Client client = target.open()) {
      for (int i = 0; i < 120; i++) {
        client.frame(
            Http2Frame.HEADERS,
            Http2Frame.END_HEADERS,
            client.stream(),
            HeaderBlockBuilder.post(target.scheme(), target.authority(), "/index/config.json")
                .bytes());
      }
      client.flush();
      Set<Integer> refused = new HashSet<>();
      while (refused.size() < 20) {
        Http2Frame frame = client.read();
        assertThat(frame).isNotNull();
        if (frame.type() == Http2Frame.RST_STREAM && frame.number(0) == 7) {
          refused.add(frame.stream());
        }
      }
      assertThat(refused).allMatch(stream -> stream > 200);
      client.frame(Http2Frame.DATA, Http2Frame.END_STREAM, 1);
      client.frame(Http2Frame.DATA, Http2Frame.END_STREAM, 3);
      client.frame(Http2Frame.DATA, 0, 239, new byte[100]);
      client.flush();
      assertThat(client.read()).isNotNull();
    }
  }

  @Test
  void announcesAHundredStreams() {
    try (Http2Client client = servers.target(Http2Servers.Kind.CLEAR_TEXT).open()) {
      Http2Frame settings = client.read();
      assertThat(settings).isNotNull();
      byte[] payload = settings.payload().array();
      List<String> entries = new ArrayList<>();
      for (int at = 0; at < payload.length; at += 6) {
        entries.add(payload[at + 1] + "=" + settings.number(at + 2));
      }
      assertThat(entries).contains("3=100");
    }
  }

  /// Values that differ from response to response do not enter the client's table.
  @Test
  void doesNotIndexChangingValues() {
    TestServer server = servers.server(Http2Servers.Kind.CLEAR_TEXT);
    CrateId id = server.gate.publish("changing", "1.0.0", 100);
    server.get(TestServer.dl(id));
    Http2Target target = servers.target(Http2Servers.Kind.CLEAR_TEXT);

    assertThat(responseBlock(target.at(TestServer.dl(id)))).contains(text(literal(34)));
    assertThat(responseBlock(target.at("/no-such-page")))
        .contains(text(literal(0).huffmanString("x-request-id")))
        .contains(text(literal(0).huffmanString("x-amz-request-id")));
  }

  /// Begins a literal without indexing.
  ///
  /// @param name the index of its name; 0 if the name follows
  private static HeaderBlockBuilder literal(int name) {
    return new HeaderBlockBuilder().integer(0x00, 4, name);
  }

  private static String text(HeaderBlockBuilder block) {
    return text(block.bytes());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String responseBlock(Http2Target target) {
    try (Http2Client client = target.open()) {
      int stream = client.request(target.get());
      while (true) {
        Http2Frame frame = client.read();
        assertThat(frame).isNotNull();
        if (frame.type() == Http2Frame.HEADERS && frame.stream() == stream) {
          return text(frame.payload().array());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Http2Servers.Kind.class)
  void servesManyRequestsOfTheJdk(Http2Servers.Kind kind) throws Exception {
    String scheme = servers.target(kind).scheme();
    URI uri = URI.create(scheme + "://" + servers.target(kind).authority() + Http2Servers.PATH);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("authorization", "Bearer " + servers.secret(kind))
            .build();
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_2)
            .sslContext(servers.trust())
            .build()) {
      client.send(request, HttpResponse.BodyHandlers.ofString());
      for (int round = 0; round < 5; round++) {
        assertThat(burst(client, request, 90)).containsOnly(200);
      }
    }
  }

  private static List<Integer> burst(HttpClient client, HttpRequest request, int count)
      throws ExecutionException, InterruptedException {
    List<CompletableFuture<HttpResponse<String>>> sent =
        IntStream.range(0, count)
            .mapToObj(i -> client.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
            .toList();
    List<Integer> statuses = new ArrayList<>();
    for (CompletableFuture<HttpResponse<String>> each : sent) {
      assertThat(each.get().version()).isEqualTo(HttpClient.Version.HTTP_2);
      statuses.add(each.get().statusCode());
    }
    return statuses;
  }

  /// 212 downloads at once, as cargo does.
  @Test
  void servesManyDownloadsOfCurl() throws Exception {
    TestServer server = servers.server(Http2Servers.Kind.CLEAR_TEXT);
    CrateId id = server.gate.publish("parallel", "1.0.0", 100);
    server.get(TestServer.dl(id));
    String url = server.url() + TestServer.dl(id) + "?[1-212]";
    for (String mode : List.of("--http2-prior-knowledge", "--http2")) {
      String codes =
          curl(mode, "-Z", "--parallel-max", "212", "-o", "/dev/null", "-w", "%{http_code} ", url);
      assertThat(codes.trim().split(" ")).hasSize(212).containsOnly("200");
    }
  }

  @Test
  void takesTokenOfEightKilobytesFromCurl() throws Exception {
    TestServer server = servers.server(Http2Servers.Kind.CLEAR_TEXT_WITH_TOKENS);
    String code =
        curl(
            "--http2-prior-knowledge",
            "-H",
            "authorization: " + TOKEN,
            "-o",
            "/dev/null",
            "-w",
            "%{http_code} %{http_version}",
            server.url() + Http2Servers.PATH);
    assertThat(code).isEqualTo("401 2");
  }

  private static String curl(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "--max-time", "30"));
    command.addAll(Arrays.asList(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  @Test
  void answersOverHttp11WhereHttp2IsOff(@TempDir Path other) {
    try (TestServer server = new TestServer(other, Map.of("LAZARET_SERVER_HTTP2", "false"));
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      HttpResponse<String> answer =
          server.send(
              client,
              Http2Servers.PATH,
              new String[0],
              HttpRequest.Builder::GET,
              HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }
  }
}

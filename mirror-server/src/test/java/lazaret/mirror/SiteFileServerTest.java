package lazaret.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import lazaret.mirror.server.HttpServer;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileRow;
import lazaret.site.SiteFileService;
import lazaret.site.store.SiteFileUpload;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Files of a site over a socket.
class SiteFileServerTest {
  private static final String PATH = "0.1.0/lazaret.tar";
  private static final byte[] CONTENT = new byte[300_000];

  static {
    new Random(22).nextBytes(CONTENT);
  }

  private static final Sha256 DIGEST = Sha256.of(Bytes.of(CONTENT));
  private static final String ETAG = '"' + DIGEST.hex() + '"';

  @TempDir Path folder;
  private TestGate gate;
  private HttpServer listener;
  private HttpClient client;

  @BeforeEach
  void start() throws IOException {
    gate = new TestGate(folder, Map.of("LAZARET_ACCESS_LOG_FILE", "off"));
    listener = gate.wiring.listen();
    client = HttpClient.newHttpClient();
    SiteFileService files = gate.wiring.siteFiles();
    try (SiteFileUpload upload = files.files().begin(CONTENT.length)) {
      upload.write(CONTENT, 0, CONTENT.length);
      var _ = upload.commit(DIGEST);
    }
    for (SiteFileCollection collection :
        List.of(SiteFileCollection.PRODUCT, SiteFileCollection.GIT)) {
      put(row(collection, PATH, "application/x-tar"));
    }
  }

  private void put(SiteFileRow row) {
    SiteFileService files = gate.wiring.siteFiles();
    var _ = gate.wiring.store().commit(Batch.synced(List.of(files.put(row))));
  }

  private static SiteFileRow row(SiteFileCollection collection, String path, String mediaType) {
    return new SiteFileRow(
        collection,
        path,
        DIGEST,
        CONTENT.length,
        mediaType,
        Instant.parse("2026-11-30T12:00:00Z"),
        "ada",
        SiteFileRow.UPSTREAM,
        null);
  }

  @AfterEach
  void stop() {
    client.close();
    listener.close();
    gate.close();
  }

  private HttpResponse<byte[]> get(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private HttpRequest.Builder request(String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(listener.url() + "/site/product/" + PATH));
    return headers.length == 0 ? request : request.headers(headers);
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpClient.Version.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void wholeFileArrivesAndTheConnectionStaysUsable(HttpClient.Version version)
      throws IOException, InterruptedException {
    for (int i = 0; i < 2; i++) {
      HttpResponse<byte[]> answer = get(request().version(version));

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(CONTENT);
      assertThat(answer.headers().firstValue("etag")).contains(ETAG);
      assertThat(answer.headers().firstValue("accept-ranges")).contains("bytes");
      assertThat(answer.headers().firstValue("content-length")).contains("300000");
      assertThat(answer.headers().firstValue("content-type")).contains("application/x-tar");
    }
  }

  @Test
  void partOfAFileArrives() throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = get(request("range", "bytes=65535-200000"));

    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.headers().firstValue("content-range")).contains("bytes 65535-200000/300000");
    assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(CONTENT, 65_535, 200_001));
  }

  @Test
  void interruptedDownloadContinuesOnlyWithTheSameContent()
      throws IOException, InterruptedException {
    HttpResponse<byte[]> same = get(request("range", "bytes=299990-", "if-range", ETAG));
    HttpResponse<byte[]> other = get(request("range", "bytes=299990-", "if-range", "\"x\""));
    HttpResponse<byte[]> weak = get(request("range", "bytes=299990-", "if-range", "W/" + ETAG));

    assertThat(same.statusCode()).isEqualTo(206);
    assertThat(same.body()).hasSize(10);
    assertThat(other.statusCode()).isEqualTo(200);
    assertThat(other.body()).isEqualTo(CONTENT);
    assertThat(weak.statusCode()).isEqualTo(200);
  }

  @Test
  void knownFileIsNotSentAgain() throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = get(request("if-none-match", ETAG, "range", "bytes=0-1"));

    assertThat(answer.statusCode()).isEqualTo(304);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("etag")).contains(ETAG);
  }

  @Test
  void rangeBehindTheEndIsRefused() throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = get(request("range", "bytes=300000-"));

    assertThat(answer.statusCode()).isEqualTo(416);
    assertThat(answer.headers().firstValue("content-range")).contains("bytes */300000");
  }

  @Test
  void headHasTheLengthAndNoBody() throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = get(request("range", "bytes=0-1").HEAD());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-length")).contains("300000");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void missingBytesAreUnavailableAndOtherPathsUnknown() throws IOException, InterruptedException {
    assertThat(status("/site/product/other.tar")).isEqualTo(404);
    assertThat(status("/site/toolchains/" + PATH)).isEqualTo(404);
    assertThat(get(request().DELETE()).statusCode()).isEqualTo(405);

    gate.wiring.siteFiles().files().delete(DIGEST);

    assertThat(get(request()).statusCode()).isEqualTo(503);
  }

  /// A tree may wait for a decision or be denied, which a path does not say.
  @Test
  void treesOfGitSourcesAreNotServedByTheirPath() throws IOException, InterruptedException {
    assertThat(status("/site/git/" + PATH)).isEqualTo(404);
  }

  /// The type of a row may be that of a bundle. The address is that of the desk, where a page could
  /// act for its reader.
  @Test
  void noFileIsAPage() throws IOException, InterruptedException {
    put(row(SiteFileCollection.PRODUCT, "0.1.0/index.html", "text/html; charset=utf-8"));

    HttpResponse<byte[]> answer =
        get(HttpRequest.newBuilder(URI.create(listener.url() + "/site/product/0.1.0/index.html")));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).contains("application/octet-stream");
  }

  private int status(String path) throws IOException, InterruptedException {
    return get(HttpRequest.newBuilder(URI.create(listener.url() + path))).statusCode();
  }
}

package lazaret.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.site.store.FolderSiteFileStore;
import lazaret.site.store.SiteFile;
import lazaret.site.store.SiteFileStore;
import lazaret.site.store.SiteFileUpload;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.api.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpToolchainSourceTest {
  private static final String PATH = "dist/2026-01-22/rustc.tar.xz";

  /// The parts have 8 MiB.
  private static final int LENGTH = (20 << 20) + 7;

  private static final UpstreamOptions OPTIONS =
      UpstreamOptions.DEFAULTS.withRetries(
          new UpstreamOptions.Retries(
              2, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(5)));

  @TempDir Path folder;

  private final byte[] content = new byte[LENGTH];
  private final List<String> ranges = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private volatile boolean breaks;
  private volatile boolean ignoresRanges;

  HttpToolchainSourceTest() throws IOException {
    new Random(5).nextBytes(content);
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.createContext("/mirror/", this::handle);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals("/mirror/" + PATH)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      String range = exchange.getRequestHeaders().getFirst("Range");
      if (range == null || ignoresRanges) {
        exchange.sendResponseHeaders(200, LENGTH);
        exchange.getResponseBody().write(content);
        return;
      }
      ranges.add(range);
      String[] ends = range.substring("bytes=".length()).split("-", -1);
      int from = Integer.parseInt(ends[0]);
      int to = Math.min(Integer.parseInt(ends[1]), LENGTH - 1);
      exchange
          .getResponseHeaders()
          .add("Content-Range", "bytes %d-%d/%d".formatted(from, to, LENGTH));
      exchange.sendResponseHeaders(206, to + 1L - from);
      boolean breaking = breaks && ranges.size() == 2;
      int sent = breaking ? from + 1_000 : to + 1;
      exchange.getResponseBody().write(Arrays.copyOfRange(content, from, sent));
    }
  }

  private HttpToolchainSource source() {
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mirror/");
    return new HttpToolchainSource(address, OPTIONS, Clock.systemUTC());
  }

  private SiteFile copied(HttpToolchainSource source) throws IOException {
    SiteFileStore store = FolderSiteFileStore.open(folder.resolve("files"));
    try (SiteFileUpload upload = store.begin(SiteFileStore.UNKNOWN_LENGTH)) {
      source.copy(PATH, upload);
      return upload.commit(Sha256.of(Bytes.of(content)));
    }
  }

  @Test
  void largeFileArrivesInParts() throws IOException {
    try (HttpToolchainSource source = source()) {
      assertThat(copied(source).length()).isEqualTo(LENGTH);
    }
    assertThat(ranges)
        .containsExactly("bytes=0-8388607", "bytes=8388608-16777215", "bytes=16777216-25165823");
  }

  @Test
  void partThatBreaksOffIsFetchedAgain() throws IOException {
    breaks = true;
    try (HttpToolchainSource source = source()) {
      assertThat(copied(source).length()).isEqualTo(LENGTH);
    }
    assertThat(ranges).hasSize(4).containsSubsequence("bytes=0-8388607", "bytes=8388608-16777215");
    assertThat(ranges.get(1)).isEqualTo(ranges.get(2));
  }

  @Test
  void hostWithoutPartsIsRefusedForLargeFiles() {
    ignoresRanges = true;
    try (HttpToolchainSource source = source()) {
      assertThatThrownBy(() -> copied(source))
          .isInstanceOf(ProblemException.class)
          .hasMessageStartingWith("cannot fetch '" + PATH + "': ");
    }
  }

  @Test
  void missingAndLongDocumentsAreRefused() {
    try (HttpToolchainSource source = source()) {
      assertThatThrownBy(() -> source.document("dist/channel-rust-stable.toml", 100))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("404");
      assertThatThrownBy(() -> source.document(PATH, 1_000))
          .isInstanceOf(ProblemException.class)
          .hasMessageStartingWith("cannot fetch '" + PATH + "': ");
    }
  }
}

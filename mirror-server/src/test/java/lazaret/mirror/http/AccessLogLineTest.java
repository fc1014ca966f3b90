package lazaret.mirror.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import lazaret.mirror.config.MirrorConfig;
import lazaret.vetting.gate.store.Requester;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogLineTest {
  @TempDir Path folder;

  private static AccessLogLine line(String path) {
    return line(path, "ci", "");
  }

  private static AccessLogLine line(String path, String token, String trace) {
    return new AccessLogLine(
        Instant.parse("2026-11-24T12:00:00Z"),
        "id-1",
        trace,
        new AccessLogLine.Call("GET", path, AccessLogLine.HTTP1),
        new AccessLogLine.Result(403, 12, 345, "cooldown"),
        new AccessLogLine.Origin(
            new Requester(token, "127.0.0.1"),
            "https://example.org/page?token=secret#part",
            "cargo/1.90 (\"x\")\n127.0.0.1"));
  }

  @Test
  void isOneJsonObject() {
    assertThat(line("/dl/alpha").json())
        .isEqualTo(
            "{\"at\":\"2026-11-24T12:00:00Z\",\"id\":\"id-1\",\"method\":\"GET\",\"path\":\"/dl/alpha\",\"status\":403,"
                + "\"bytes\":12,\"micros\":345,\"token\":\"ci\",\"address\":\"127.0.0.1\",\"code\":\"cooldown\"}\n");
  }

  @Test
  void hasTheIdOfItsTrace() {
    assertThat(line("/", "ci", "0af7651916cd43dd8448eb211c80319c").json())
        .contains("\"id\":\"id-1\",\"trace\":\"0af7651916cd43dd8448eb211c80319c\",\"method\"");
  }

  @Test
  void combinedFormAddsReferrerWithoutQueryAndAgent() {
    assertThat(line("/dl/alpha").combined())
        .isEqualTo(
            "127.0.0.1 - ci [24/Nov/2026:12:00:00 +0000] \"GET /dl/alpha HTTP/1.1\" 403 12"
                + " \"https://example.org/page\""
                + " \"cargo/1.90 (\\x22x\\x22)\\x0A127.0.0.1\"\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dl?token=secret", "/dl?a?secret", "/dl#secret", "/dl"})
  void pathIsCutAtTheQuery(String path) {
    assertThat(line(path).json()).contains("\"path\":\"/dl\"").doesNotContain("secret");
    assertThat(line(path).common()).contains("\"GET /dl HTTP/1.1\"").doesNotContain("secret");
  }

  /// The token of a page permits to read it for hours.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/documentation/~secret/alpha/1.0.0/alpha/index.html",
        "/documentation/~secret",
        "/documentation/~secret/"
      })
  void pathHasNoTokenOfAPage(String path) {
    assertThat(line(path).json())
        .contains("\"path\":\"" + path.replace("secret", "") + "\"")
        .doesNotContain("secret");
    assertThat(line(path).combined()).doesNotContain("secret");
  }

  @Test
  void nameOfATokenIsOneWord() {
    assertThat(line("/", "A \"B\" [x]\u00e9", "").common())
        .startsWith("127.0.0.1 - A\\x20\\x22B\\x22\\x20[x]\\xC3\\xA9 [24/Nov/2026");
    assertThat(line("/", "", "").common()).startsWith("127.0.0.1 - - [24/Nov/2026");
  }

  @Test
  void escapesWhatWouldForgeALineOrSteerATerminal() {
    assertThat(line("/a\"\\\n\r\u001b\u202e\u00e9").json())
        .contains("\"path\":\"/a\\u0022\\u005c\\u000a\\u000d\\u001b\\u202e\\u00e9\"");
    assertThat(line("/a\" \n\u001bz").common())
        .isEqualTo(
            "127.0.0.1 - ci [24/Nov/2026:12:00:00 +0000] \"GET /a\\x22\\x20\\x0A\\x1Bz HTTP/1.1\" 403 12\n");
  }

  @Test
  void cutsLongPaths() {
    assertThat(line("/" + "a".repeat(100_000)).json().length()).isLessThan(1_400);
  }

  @Test
  void goesIntoAPrivateFileAndGoesOnWhereItEnded() throws Exception {
    MirrorConfig config =
        MirrorConfig.read(
            List.of("--data-dir", folder.toString()),
            Map.of("LAZARET_ACCESS_LOG_FORMAT", "common"));
    for (int i = 0; i < 2; i++) {
      try (AccessLog log = AccessLog.open(config)) {
        log.add(line("/" + i));
      }
    }

    Path file = folder.resolve("access.log");
    assertThat(Files.readAllLines(file)).hasSize(2);
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void isOffWhereNobodyWantsIt() {
    MirrorConfig config =
        MirrorConfig.read(
            List.of("--data-dir", folder.toString()), Map.of("LAZARET_ACCESS_LOG_FILE", "off"));
    try (AccessLog log = AccessLog.open(config)) {
      log.add(line("/"));

      assertThat(log.on()).isFalse();
      assertThat(folder).isEmptyDirectory();
    }
  }
}

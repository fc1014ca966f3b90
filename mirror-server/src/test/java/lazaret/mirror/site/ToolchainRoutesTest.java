package lazaret.mirror.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.mirror.TestServer;
import lazaret.testkit.OpenPgpSigner;
import lazaret.testkit.RangeFileServer;
import lazaret.testkit.SyntheticChannel;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.roles.DeskRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolchainRoutesTest {
  private static final String TARGET = "x86_64-unknown-linux-gnu";
  private static final OpenPgpSigner SIGNER =
      OpenPgpSigner.ed25519(Instant.parse("2026-01-01T00:00:00Z"));

  @TempDir Path folder;

  private final SyntheticChannel channel =
      SyntheticChannel.of("1.95.0", LocalDate.parse("2026-01-22"), SIGNER);
  private final RangeFileServer source = new RangeFileServer(channel.files());

  private Path keys = Path.of("");

  @BeforeEach
  void writeKey() throws IOException {
    keys = Files.write(folder.resolve("keys.asc"), SIGNER.publicKey().array());
  }

  @AfterEach
  void close() {
    source.close();
  }

  private TestServer server(Map<String, String> more) {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("LAZARET_TOOLCHAINS_SOURCE", source.url());
    variables.put("LAZARET_TOOLCHAINS_KEY", keys.toString());
    return new TestServer(folder.resolve("data"), variables);
  }

  private static HttpResponse<String> add(TestServer server, String... components) {
    String more =
        Stream.of(components).map(each -> '"' + each + '"').collect(Collectors.joining(","));
    String body =
        "{\"channel\":\"1.95.0\",\"targets\":[\"%s\"],\"components\":[%s]}".formatted(TARGET, more);
    return server.send(
        "POST",
        "/desk/v1/toolchains",
        body,
        "Authorization",
        "Bearer " + server.token("ops", DeskRole.ADMIN),
        "Content-Type",
        "application/json");
  }

  @Test
  void rustupGetsWhatWasAdmittedAndNothingElse() {
    try (TestServer server = server(Map.of())) {
      assertThat(server.get("/toolchains/" + channel.manifestPath()).statusCode()).isEqualTo(404);

      HttpResponse<String> added = add(server);

      assertThat(added.statusCode()).as(added.body()).isEqualTo(200);
      assertThat(source.ranges).hasSize(3).allMatch(range -> range.startsWith("bytes=0-"));
      HttpResponse<String> manifest = server.get("/toolchains/" + channel.manifestPath());
      assertThat(manifest.statusCode()).isEqualTo(200);
      assertThat(manifest.headers().firstValue("cache-control")).contains("no-cache");
      assertThat(Bytes.utf8(manifest.body()))
          .isEqualTo(channel.files().get(channel.manifestPath()));
      assertThat(manifest.headers().firstValue("etag"))
          .contains("\"" + Sha256.of(Bytes.utf8(manifest.body())) + "\"");
      String digest = server.get("/toolchains/" + channel.manifestPath() + ".sha256").body();
      assertThat(digest).startsWith(Sha256.of(Bytes.utf8(manifest.body())).hex());
      assertThat(server.get("/toolchains/" + channel.path("cargo", TARGET)).statusCode())
          .isEqualTo(200);
      HttpResponse<String> part =
          server.get("/toolchains/" + channel.path("cargo", TARGET), "Range", "bytes=0-3");
      assertThat(part.statusCode()).isEqualTo(206);
      assertThat(part.body()).hasSize(4);
      assertThat(
              server
                  .get(
                      "/toolchains/" + channel.manifestPath(),
                      "If-None-Match",
                      manifest.headers().firstValue("etag").orElseThrow())
                  .statusCode())
          .isEqualTo(304);
      assertThat(server.get("/toolchains/" + channel.path("rust-src", "*")).body())
          .contains("vetting-cli toolchain add");
      assertThat(server.get("/toolchains/keys/" + SIGNER.fingerprint()).statusCode())
          .isEqualTo(404);
      assertThat(server.send("PUT", "/toolchains/" + channel.manifestPath(), "x").statusCode())
          .isEqualTo(405);
    }
  }

  @Test
  void changedFileIsRefused() {
    source.files.put(channel.path("cargo", TARGET), Bytes.utf8("another cargo"));
    try (TestServer server = server(Map.of())) {
      HttpResponse<String> added = add(server);

      assertThat(added.statusCode()).isEqualTo(400);
      assertThat(added.body()).contains("malformed-input", "expected the SHA-256");
      assertThat(server.get("/toolchains/" + channel.manifestPath()).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void offlineServerAsksNoSource() {
    try (TestServer server = server(Map.of("LAZARET_OFFLINE", "true"))) {
      HttpResponse<String> added = add(server);

      assertThat(added.statusCode()).isGreaterThanOrEqualTo(400);
      assertThat(added.body()).contains("this server is offline; import toolchains with a bundle");
      assertThat(source.asked).isEmpty();
    }
  }

  @Test
  void closedRouteNeedsAToken() {
    try (TestServer server = server(Map.of("LAZARET_TOOLCHAINS_OPEN", "false"))) {
      assertThat(add(server).statusCode()).isEqualTo(200);
      String path = "/toolchains/" + channel.manifestPath();
      String token = server.token("dev", DeskRole.READER);
      String pair =
          Base64.getEncoder().encodeToString(("token:" + token).getBytes(StandardCharsets.UTF_8));

      assertThat(server.get(path).statusCode()).isEqualTo(401);
      assertThat(server.get(path).headers().firstValue("www-authenticate"))
          .contains("Basic realm=\"toolchains\"");
      assertThat(server.get(path, "Authorization", "Basic " + pair).statusCode()).isEqualTo(200);
      assertThat(server.get(path, "Authorization", "Bearer " + token).statusCode()).isEqualTo(200);
      assertThat(server.get(path, "Authorization", "Basic !").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void realRustupInstallsTheToolchain() throws Exception {
    Path rustup = Path.of(System.getProperty("user.home"), ".cargo", "bin", "rustup");
    assumeTrue(Files.isExecutable(rustup), "rustup is not installed");
    assumeTrue(
        System.getProperty("os.arch").equals("amd64"), "the synthetic programs are for x86-64");
    try (TestServer server = server(Map.of())) {
      assertThat(add(server, "rust-src").statusCode()).isEqualTo(200);

      run(
          rustup,
          server.url(),
          "toolchain",
          "install",
          "1.95.0",
          "--profile",
          "minimal",
          "--component",
          "rust-src",
          "--no-self-update");

      Path installed = folder.resolve("rustup/toolchains/1.95.0-" + TARGET);
      assertThat(run(installed.resolve("bin/cargo"), server.url(), "--version"))
          .contains("cargo 1.95.0 (000000000 2026-01-22)");
      assertThat(installed.resolve("lib/rustlib/src/synthetic.txt")).isRegularFile();
      assertThat(installed.resolve("lib/rustlib/" + TARGET + "/synthetic.txt")).isRegularFile();
    }
  }

  private String run(Path program, String url, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("RUSTUP_HOME", folder.resolve("rustup").toString());
    builder.environment().put("CARGO_HOME", folder.resolve("cargo").toString());
    builder.environment().put("RUSTUP_DIST_SERVER", url + "/toolchains");
    builder.environment().remove("RUSTUP_TOOLCHAIN");
    Path output = folder.resolve("output");
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    return Files.readString(output);
  }
}

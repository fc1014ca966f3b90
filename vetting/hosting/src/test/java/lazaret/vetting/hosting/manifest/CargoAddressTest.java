package lazaret.vetting.hosting.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Builds with the real cargo a private crate whose manifest names the address of the registry
/// outside, from a registry with another address. Skipped without cargo.
class CargoAddressTest {
  private static final String OUTSIDE = "https://crates.acme.example/private/index/";
  private static final RegistryAddresses HERE = new RegistryAddresses(List.of(OUTSIDE));

  @TempDir Path folder;

  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final HttpServer server;
  private final String origin;

  CargoAddressTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    origin = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @BeforeEach
  void start() {
    assumeTrue(hasCargo(), "there is no cargo on the path");
    var _ = server.createContext("/", this::respond);
    server.start();
    files.put(
        "/index/config.json",
        "{\"dl\":\"%s/dl/{crate}/{version}\",\"api\":null}"
            .formatted(origin)
            .getBytes(StandardCharsets.UTF_8));
    publish("acme-dep", "[package]\nname = \"acme-dep\"\nversion = \"1.0.0\"\n");
    publish(
        "acme-core",
        """
        [package]
        name = "acme-core"
        version = "1.0.0"
        [dependencies.acme-dep]
        version = "1"
        registry-index = "sparse+%s"
        """
            .formatted(OUTSIDE));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static boolean hasCargo() {
    try {
      return new ProcessBuilder("cargo", "--version")
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor(20, TimeUnit.SECONDS);
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void respond(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = files.get(exchange.getRequestURI().getPath());
      if (body == null) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  /// Lists a crate as the private registry does.
  private void publish(String name, String manifest) {
    Bytes crate = CrateBuilder.crate(name, "1.0.0").manifest(manifest).build();
    String line =
        IndexLineWriter.line(
            PublishedManifestReader.read(Bytes.utf8(manifest), HERE),
            Sha256.of(crate),
            Instant.parse("2026-11-30T12:00:00Z"));
    files.put(
        "/index/ac/me/" + name,
        (line.substring(0, line.length() - 1) + ",\"yanked\":false}\n")
            .getBytes(StandardCharsets.UTF_8));
    files.put("/dl/" + name + "/1.0.0", crate.array());
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /// Builds a package that depends on acme-core.
  ///
  /// @param config the configuration of the registry `acme`
  private void build(String config) throws IOException, InterruptedException {
    write("app/.cargo/config.toml", config);
    write(
        "app/Cargo.toml",
        """
        [package]
        name = "app"
        version = "0.1.0"
        edition = "2021"
        [workspace]
        [dependencies]
        acme-core = { version = "1", registry = "acme" }
        """);
    write("app/src/lib.rs", "pub fn touch() { acme_core::touch() }\n");
    ProcessBuilder builder =
        new ProcessBuilder("cargo", "build")
            .directory(folder.resolve("app").toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    builder.environment().put("CARGO_HOME", folder.resolve("home").toString());
    Process cargo = builder.start();
    boolean ended = cargo.waitFor(120, TimeUnit.SECONDS);
    assertThat(ended).isTrue();
    assertThat(cargo.exitValue()).as(Files.readString(folder.resolve("log"))).isZero();
  }

  @Test
  void aRegistryOfAnotherAddressServesIt() throws IOException, InterruptedException {
    build("[registries.acme]\nindex = \"sparse+%s/index/\"\n".formatted(origin));

    assertThat(Files.readString(folder.resolve("app/Cargo.lock")))
        .contains("sparse+" + origin + "/index/")
        .doesNotContain(OUTSIDE);
  }

  @Test
  void aReplacedSourceKeepsTheAddressOutsideInTheLockfile()
      throws IOException, InterruptedException {
    build(
        """
        [registries.acme]
        index = "sparse+%1$s"
        [registries.inner]
        index = "sparse+%2$s/index/"
        [source.outside]
        registry = "sparse+%1$s"
        replace-with = "inside"
        [source.inside]
        registry = "sparse+%2$s/index/"
        """
            .formatted(OUTSIDE, origin));

    assertThat(Files.readString(folder.resolve("app/Cargo.lock")))
        .contains("sparse+" + OUTSIDE)
        .doesNotContain(origin);
  }
}

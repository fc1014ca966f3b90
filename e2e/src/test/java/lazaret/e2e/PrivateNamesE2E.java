package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import lazaret.e2e.harness.Cargo;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.PrivateNamesScene;
import lazaret.e2e.harness.ProgramResult;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The names of private crates stay inside: each request to upstream and to the place of a feed is
/// recorded, while people build, mistype, search, check, prefetch and review.
@Tag("ci")
class PrivateNamesE2E {
  /// A list of the operator, which is fetched from another machine.
  private static final String FEED =
      """
      [[advisory]]
      id = "ACME-2026-1"
      reason = "depends on a name that does not exist"
      crate = "lure"
      """;

  /// A place of feeds that records its requests.
  static final class FeedPlace implements AutoCloseable {
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    FeedPlace() {
      try {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      server.createContext("/", this::answer);
      server.start();
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort() + "/ban.toml";
    }

    /// Returns the folder of the feeds of releases.
    String folder() {
      return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /// Returns the paths and header fields of all requests.
    List<String> heads() {
      return List.copyOf(heads);
    }

    private void answer(HttpExchange exchange) throws IOException {
      heads.add(exchange.getRequestURI() + "\n" + exchange.getRequestHeaders().entrySet());
      boolean releases = exchange.getRequestURI().getPath().startsWith("/rss/");
      byte[] feed = (releases ? releases() : FEED).getBytes(StandardCharsets.UTF_8);
      try (exchange) {
        exchange.sendResponseHeaders(200, feed.length);
        exchange.getResponseBody().write(feed);
      }
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  private static String releases() {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC));
    StringBuilder items = new StringBuilder();
    for (String name : List.of("gamma", "acme-core", "acme-future", "internal-x")) {
      items.append(
          """
          <item><title>New crate version published: %1$s</title>
          <pubDate>%2$s</pubDate>
          <crates:name>%1$s</crates:name>
          <crates:version>1.0.0</crates:version></item>
          """
              .formatted(name, date));
    }
    return """
    <?xml version="1.0" encoding="utf-8"?>
    <rss version="2.0" xmlns:crates="https://crates.io/"><channel><title>updates</title>
    %s</channel></rss>
    """
        .formatted(items);
  }

  static FixtureRegistry upstream() {
    return Crates.aged(
        CrateBuilder.crate("alpha", "1.0.0"),
        CrateBuilder.crate("beta", "1.0.0").dependency("alpha", "^1"),
        // A public crate that depends on a private name, and one that looks like it.
        CrateBuilder.crate("lure", "1.0.0").dependency("acme-core", "^99"),
        CrateBuilder.crate("acmecore", "1.0.0"));
  }

  @Test
  void noRequestHasAPrivateOrReservedName() {
    try (FeedPlace feeds = new FeedPlace();
        PrivateNamesScene site =
            PrivateNamesScene.of(
                upstream(), "\n[feeds]\nlocal = \"%s\"\n".formatted(feeds.url()))) {
      publish(site);

      work(site);

      assertThat(site.scene().upstream().count("/index/*")).as("public crates").isPositive();
      assertThat(PrivateNamesScene.revealed(site.scene())).isEmpty();
      assertThat(feeds.heads).as("the feed was fetched").isNotEmpty();
      assertThat(PrivateNamesScene.revealed(feeds.heads.stream())).isEmpty();
    }
  }

  /// The recorder sees the names if a gate knows no private ones, so that the test above can fail.
  @Test
  void withoutAPrivateRegistryTheSameWorkRevealsThem() {
    try (GateScene plain = GateScene.of(upstream(), settings -> settings.impatient())) {
      mistakes(Cargo.fresh(Cargo.config(plain.gate().url())), plain);

      assertThat(PrivateNamesScene.revealed(plain))
          .containsAll(Set.of("acme-core", "acme-future", "internal-x"));
    }
  }

  static void publish(PrivateNamesScene site) {
    site.publish("acme-core", "1.0.0", "alpha = \"1\"").ok();
    site.publish(
            "acme-app",
            "1.0.0",
            "acme-core = { version = \"1\", registry = \"acme\" }",
            "beta = \"1\"")
        .ok();
  }

  static void work(PrivateNamesScene site) {
    CargoProjectFolder project =
        CargoProjectFolder.with("acme-app = { version = \"1\", registry = \"acme\" }");
    site.cargo().run(project.folder(), "build").ok();
    mistakes(site.cargo(), site.scene());
    CliProcess cli = CliProcess.beside(site.gate()).in(project.folder());

    cli.run("verify", "Cargo.lock").ok();
    cli.run("prefetch", "Cargo.lock").ok();
    cli.run("sbom", "Cargo.lock").ok();
    cli.run("closure", "--lockfile", "Cargo.lock");
    cli.run("why", "acme-core@1.0.0");
    cli.run("show", "acme-core@1.0.0");
    cli.run("review", "acme-core@1.0.0");
    cli.run("why", "lure@1.0.0");
    cli.run("feed", "refresh");
    cli.run("audits", "refresh");
    cli.run("prefetch", "acmecore@1.0.0").ok();
    // A withheld private dependency: advice and repair look for other versions.
    cli.run("deny", "acme-core@1.0.0", "--reason", "leaks").ok();
    ProgramResult refused = cli.run("verify", "Cargo.lock");
    assertThat(refused.exit()).isNotZero();
    assertThat(refused.out()).contains("acme-core");
    for (String path :
        List.of(
            "/api/v1/crates?q=acme",
            "/private/api/v1/crates?q=acme",
            "/desk/v1/search?q=acme-future",
            "/desk/v1/search?q=internal-x",
            "/audits/audits.toml")) {
      assertThat(site.scene().http().get(path).status()).as(path).isLessThan(500);
    }
    assertThat(site.scene().http().get("/api/v1/crates?q=acme").text())
        .contains("acmecore")
        .contains("\"total\":1}")
        .doesNotContain("acme-core", "acme_core");
    assertThat(site.scene().http().get("/audits/audits.toml").text()).doesNotContain("acme-core");
  }

  /// Makes the mistakes of people: a mistyped name, a missing registry, a hostile manifest.
  static void mistakes(Cargo cargo, GateScene scene) {
    for (String name : List.of("acme-core", "ACME_core", "acme-future", "internal-x", "lure")) {
      Path folder = CargoProjectFolder.with(name + " = \"1\"").folder();
      assertThat(cargo.run(folder, "fetch").exit()).as(name).isNotZero();
    }
    scene.http().index("acme-future");
    scene.http().get("/dl/internal-x/1.0.0/" + "0".repeat(64));
    CliProcess.beside(scene.gate()).run("prefetch", "acme-future", "internal-x@1");
    CliProcess.beside(scene.gate()).run("why", "acme-future@1.0.0");
  }
}

package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import lazaret.e2e.harness.Cargo;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.PrivateNamesScene;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.wire.RecordingProxy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The names of private crates in the whole life of a site: publication, builds, mistakes, search,
/// checks, advisories, the feeds of releases, the export of a bundle, and a restart. All requests
/// go through a proxy that records their lines, fields and the server names of TLS.
@Tag("all")
class PrivateNamesLifeE2E {
  /// A host that is reached with TLS alone.
  private static final String AUDITS = "audits.registry.test";

  private static FixtureRegistry upstream() {
    return PrivateNamesE2E.upstream().publish(CrateBuilder.crate("gamma", "1.0.0"));
  }

  private static String settings(RecordingProxy proxy, PrivateNamesE2E.FeedPlace feeds) {
    return """

        [fetch]
        proxy = "%s"
        contact = "ops@example.org"

        [feeds]
        local = "%s"

        [audits]
        imports = ["peer=https://%s/audits.toml"]

        [follow]
        mode = "all"
        source = "%s"
        dump = false
        interval = "1m"
        """
        .formatted(proxy.url(), feeds.url(), AUDITS, feeds.folder());
  }

  @Test
  void noByteThatLeavesTheSiteHasAPrivateOrReservedName() {
    try (RecordingProxy proxy = RecordingProxy.start();
        PrivateNamesE2E.FeedPlace feeds = new PrivateNamesE2E.FeedPlace();
        PrivateNamesScene site = PrivateNamesScene.of(upstream(), settings(proxy, feeds))) {
      PrivateNamesE2E.publish(site);
      CargoProjectFolder project =
          CargoProjectFolder.with("acme-app = { version = \"1\", registry = \"acme\" }");
      site.cargo().run(project.folder(), "build").ok();
      export(site, project);
      // The feed has private names, as an attacker would publish them.
      GateScene.await(
          "the crates of the feed of releases",
          Duration.ofMinutes(3),
          () -> site.scene().upstream().count("/index/ga/mm/gamma") > 0);
      PrivateNamesE2E.work(site);
      try (PrivateNamesScene again = site.restarted()) {
        PrivateNamesE2E.mistakes(again.cargo(), again.scene());
        CliProcess cli = CliProcess.beside(again.gate());
        cli.run("feed", "refresh");
        cli.run("audits", "refresh");
        again.scene().http().get("/api/v1/crates?q=acme-core");

        assertThat(PrivateNamesScene.revealed(proxy.sent())).isEmpty();
        assertThat(PrivateNamesScene.revealed(again.scene())).isEmpty();
      }

      assertThat(site.scene().upstream().requests())
          .as("each request to upstream passed the proxy")
          .isNotEmpty()
          .allMatch(request -> request.header("via").isPresent());
      assertThat(feeds.heads()).anyMatch(head -> head.startsWith("/rss/"));
      assertThat(PrivateNamesScene.revealed(feeds.heads().stream())).isEmpty();
      assertThat(proxy.handshakes())
          .as("names of servers in TLS are recorded")
          .anyMatch(record -> record.contains(AUDITS));
    }
  }

  private static void export(PrivateNamesScene site, CargoProjectFolder project) {
    Path keys = WorkFolder.folder("office").resolve("keys");
    CliProcess office =
        CliProcess.beside(site.gate())
            .in(project.folder())
            .env("LAZARET_PASSPHRASE", "correct horse battery staple");
    office
        .run("keys", "ceremony", "--operator", "me", "--stream", "prod", "--out", keys.toString())
        .ok();
    office
        .run(
            "bundle",
            "export",
            WorkFolder.folder("medium").toString(),
            "--keys",
            keys.toString(),
            "--from-lockfile",
            "Cargo.lock",
            "--allow-missing")
        .ok();
  }

  /// The proxy sees the names if a gate knows no private ones, so that the test above can fail.
  @Test
  void theProxySeesTheNamesOfAGateWithoutPrivateOnes() {
    try (RecordingProxy proxy = RecordingProxy.start();
        GateScene plain =
            GateScene.of(
                upstream(), settings -> settings.impatient().set("fetch.proxy", proxy.url()))) {
      PrivateNamesE2E.mistakes(Cargo.fresh(Cargo.config(plain.gate().url())), plain);

      assertThat(PrivateNamesScene.revealed(proxy.sent()))
          .containsAll(Set.of("acme-core", "acme-future", "internal-x"));
      assertThat(List.copyOf(proxy.heads())).allMatch(head -> head.startsWith("GET http://"));
    }
  }
}

package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.e2e.harness.Cargo;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.HttpProbeClient;
import lazaret.e2e.harness.PrivateNamesScene;
import lazaret.e2e.harness.ProgramResult;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Dependency confusion: an attacker published `acme-core 99.0.0` in the public registry, which no
/// configuration of cargo gets through the gate.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("ci")
class ConfusionE2E {
  private static final String PRIVATE = "acme-core = { version = \"1\", registry = \"acme\" }";

  private PrivateNamesScene site;

  @BeforeAll
  void start() {
    FixtureRegistry upstream =
        Crates.aged(
            CrateBuilder.crate("acme-core", "99.0.0"),
            CrateBuilder.crate("acme-core", "1.0.1"),
            CrateBuilder.crate("acme-future", "99.0.0"),
            CrateBuilder.crate("alpha", "1.0.0"));
    site = PrivateNamesScene.of(upstream, "auth-required = false\n");
    site.publish("acme-core", "1.0.0", "alpha = \"1\"").ok();
  }

  @AfterAll
  void close() {
    if (site != null) {
      site.close();
    }
  }

  private void neverServed() {
    assertThat(site.scene().upstream().count("*acme*core*")).isZero();
  }

  @Test
  void thePublicRegistryAloneHasNoSuchCrate() {
    for (String req : List.of("1", "99", "*")) {
      ProgramResult fetch =
          Cargo.fresh(Cargo.config(site.gate().url()))
              .run(CargoProjectFolder.with("acme-core = \"" + req + "\"").folder(), "fetch")
              .exits(101);

      assertThat(fetch.err()).contains("no matching package named `acme-core` found");
    }
    neverServed();
  }

  @Test
  void bothRegistriesGiveThePrivateCrateAlone() {
    CargoProjectFolder project = CargoProjectFolder.with(PRIVATE);

    site.cargo().run(project.folder(), "build").ok();

    assertThat(project.locked("acme-core")).isEqualTo("1.0.0");
    assertThat(project.locked("alpha")).isEqualTo("1.0.0");
    assertThat(project.lock()).contains("source = \"" + site.site().index() + "\"");
    neverServed();
  }

  /// Both names in one manifest: one of them does not exist, so that no build mixes them.
  @Test
  void aDependencyWithoutItsRegistryIsRefused() {
    CargoProjectFolder project =
        CargoProjectFolder.with(PRIVATE, "other = { package = \"acme-core\", version = \"99\" }");

    ProgramResult fetch = site.cargo().run(project.folder(), "fetch").exits(101);

    assertThat(fetch.err()).contains("acme-core");
    neverServed();
  }

  @Test
  void thePrivateRegistryHasNoPublicCrate() {
    CargoProjectFolder project =
        CargoProjectFolder.with("alpha = { version = \"1\", registry = \"acme\" }");

    site.cargo().run(project.folder(), "fetch").exits(101);

    HttpProbeClient http = site.scene().http();
    assertThat(http.get("/private/index/al/ph/alpha").status()).isEqualTo(404);
    assertThat(http.get("/index/ac/me/acme-core").status()).isEqualTo(404);
    assertThat(http.get("/index/ac/me/acme_core").status()).isEqualTo(404);
    assertThat(http.get("/index/ac/me/acme-core").text())
        .contains("belongs to the private registry");
  }

  /// A lockfile from before the private registry, or from an attacker's pull request.
  @Test
  void aLockfileWithThePublicSourceIsRefused() {
    CargoProjectFolder project = CargoProjectFolder.with("acme-core = \"99\"");
    project.lock(
        """
        version = 4

        [[package]]
        name = "acme-core"
        version = "99.0.0"
        source = "registry+https://github.com/rust-lang/crates.io-index"
        checksum = "%s"

        [[package]]
        name = "app"
        version = "0.1.0"
        dependencies = ["acme-core"]
        """
            .formatted(CrateBuilder.crate("acme-core", "99.0.0").id().cksum().hex()));

    ProgramResult verified =
        CliProcess.beside(site.gate()).in(project.folder()).run("verify", "Cargo.lock");
    ProgramResult fetch =
        Cargo.fresh(Cargo.config(site.gate().url()))
            .run(project.folder(), "fetch", "--locked")
            .exits(101);

    assertThat(verified.exit()).isEqualTo(5);
    assertThat(verified.out())
        .contains("comes from the public registry, and the name belongs to the private one");
    assertThat(fetch.err()).contains("acme-core");
    neverServed();
  }

  @Test
  void aReservedNameIsServedByNoRegistry() {
    HttpProbeClient http = site.scene().http();

    assertThat(http.get("/index/ac/me/acme-future").status()).isEqualTo(404);
    assertThat(http.get("/index/ac/me/acme-future").text())
        .as("the text does not show whether there is a private crate")
        .isEqualTo(http.get("/index/ac/me/acme-core").text().replace("acme-core", "acme-future"));
    assertThat(http.get("/private/index/ac/me/acme-future").status()).isEqualTo(404);
    assertThat(site.scene().upstream().count("*acme*future*")).isZero();
  }
}

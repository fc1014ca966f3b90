package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lazaret.e2e.harness.Cargo;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.PrivateScene;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Private crates with the real cargo, two users and a CI job.
@Tag("ci")
class PrivateRegistryE2E {
  private static final String FORMER = "sparse+https://former.example.org/index/";

  /// The manifest of a crate of another registry, as cargo publishes it there.
  private static final String NEEDS_CORE =
      """
      [package]
      edition = "2021"
      name = "acme-app"
      version = "1.0.0"
      description = "an app of acme"
      license = "MIT"

      [dependencies.acme-core]
      version = "1"
      registry-index = "%s"
      """
          .formatted(FORMER);

  private static final String[] ALL = {"publish-new", "publish-update", "yank", "change-owners"};

  private static PrivateScene scene(String policy) {
    return PrivateScene.of(Crates.alphaAndBeta(), "acme-*", policy, "");
  }

  private static ProgramResult publish(Cargo cargo, CargoProjectFolder project) {
    return cargo.run(
        project.folder(),
        "publish",
        "--registry",
        PrivateScene.REGISTRY,
        "--allow-dirty",
        "--no-verify");
  }

  private static CargoProjectFolder app(String dependency) {
    return CargoProjectFolder.with(dependency);
  }

  private static String line(PrivateScene scene, String token, String path) {
    return scene.scene().http().get("/private/index/" + path, "Authorization", token).text();
  }

  @Test
  void cargoPublishesYanksSearchesAndBuilds() {
    try (PrivateScene scene = scene("hold = \"none\"\n")) {
      String ada = scene.token("ada", "ada", ALL);
      Cargo cargo = scene.cargo(ada);
      Path anywhere = CargoProjectFolder.with().folder();

      CargoProjectFolder core = PrivateScene.pack("acme-core", "1.0.0", "alpha = \"1\"");
      cargo.run(core.folder(), "publish", "--registry", "acme", "--allow-dirty").ok();
      publish(
              cargo,
              PrivateScene.pack(
                  "acme-app", "1.0.0", "acme-core = { version = \"1\", registry = \"acme\" }"))
          .ok();

      ProgramResult found = cargo.run(anywhere, "search", "acme", "--registry", "acme").ok();
      assertThat(found.out()).contains("acme-core = \"1.0.0\"", "the core of acme");
      assertThat(cargo.run(anywhere, "info", "acme-core", "--registry", "acme").ok().out())
          .contains("the core of acme");
      CargoProjectFolder app = app("acme-app = { version = \"1\", registry = \"acme\" }");
      cargo.run(app.folder(), "build").ok();
      assertThat(app.locked("alpha")).isEqualTo("1.2.0");
      assertThat(app.lock()).contains("source = \"" + scene.index());

      cargo.run(anywhere, "yank", "acme-core@1.0.0", "--registry", "acme").ok();
      assertThat(line(scene, ada, "ac/me/acme-core")).contains("\"yanked\":true");
      cargo.run(app.folder(), "build", "--locked").ok();
      cargo.run(anywhere, "yank", "--undo", "acme-core@1.0.0", "--registry", "acme").ok();
      assertThat(line(scene, ada, "ac/me/acme-core")).contains("\"yanked\":false");

      assertThat(publish(cargo, core).exits(101).err()).contains("already exists");
    }
  }

  @Test
  void twoUsersShareACrate() {
    try (PrivateScene scene = scene("hold = \"none\"\n")) {
      Cargo ada = scene.cargo(scene.token("ada", "ada", ALL));
      Cargo bob = scene.cargo(scene.token("bob", "bob", ALL));
      Path anywhere = CargoProjectFolder.with().folder();
      publish(ada, PrivateScene.pack("acme-core", "1.0.0")).ok();

      assertThat(publish(bob, PrivateScene.pack("acme-core", "1.1.0")).exits(101).err())
          .contains("bob is not an owner of acme-core; its owners are: ada");
      assertThat(
              bob.run(anywhere, "owner", "--add", "bob", "acme-core", "--registry", "acme")
                  .exits(101)
                  .err())
          .contains("bob is not an owner as a person of acme-core");

      ada.run(anywhere, "owner", "--add", "bob", "acme-core", "--registry", "acme").ok();
      publish(bob, PrivateScene.pack("acme-core", "1.1.0")).ok();
      assertThat(ada.run(anywhere, "owner", "--list", "acme-core", "--registry", "acme").ok().out())
          .contains("ada", "bob");
      bob.run(anywhere, "owner", "--remove", "ada", "acme-core", "--registry", "acme").ok();
      assertThat(publish(ada, PrivateScene.pack("acme-core", "1.2.0")).exits(101).err())
          .contains("ada is not an owner");
      assertThat(
              bob.run(anywhere, "owner", "--remove", "bob", "acme-core", "--registry", "acme")
                  .exits(101)
                  .err())
          .contains("cannot remove the last owner of acme-core");
    }
  }

  @Test
  void loginNamesTheAddressForTokens() {
    try (PrivateScene scene = scene("hold = \"none\"\n")) {
      Cargo cargo = scene.cargo("lzr_unknown");
      Path anywhere = CargoProjectFolder.with().folder();

      ProgramResult login = cargo.run(anywhere, "login", "--registry", "acme");
      assertThat(login.out() + login.err()).contains(scene.scene().gate().url() + "/private/me");
      assertThat(publish(cargo, PrivateScene.pack("acme-core", "1.0.0")).exits(101).err())
          .contains("token rejected for `acme`");
      assertThat(scene.scene().http().get("/private/index/config.json").status()).isEqualTo(401);
      // The public registry of the same gate is open, and has no private crate.
      assertThat(scene.scene().http().index("acme-core").status()).isEqualTo(404);
    }
  }

  @Test
  void jobPublishesWithTheTokenOfItsRun() {
    try (PrivateScene scene = scene("hold = \"none\"\n")) {
      String token = scene.jobToken("one");

      publish(scene.cargo(token), PrivateScene.pack("acme-jobs", "1.0.0")).ok();

      assertThat(
              publish(scene.cargo(token), PrivateScene.pack("acme-core", "1.0.0")).exits(101).err())
          .contains("lacks the scope publish-new for acme-core");
      String shown =
          CliProcess.beside(scene.scene().gate())
              .run("private", "show", "acme-jobs", "--json")
              .ok()
              .out();
      assertThat(shown)
          .contains("\"publisher\": \"ci:release\"", "\"issuer\": \"https://ci.example.org\"")
          .contains("\"owner\": \"ada\"");
    }
  }

  @Test
  void heldVersionWaitsForADecision() {
    try (PrivateScene scene = scene("hold = \"every\"\n")) {
      Cargo job = scene.cargo(scene.jobToken("held"));
      Cargo reader = scene.cargo(scene.token("reader", "bob", "reader"));
      CargoProjectFolder app = app("acme-jobs = { version = \"=1.0.0\", registry = \"acme\" }");

      assertThat(publish(job, PrivateScene.pack("acme-jobs", "1.0.0")).exits(101).err())
          .contains("acme-jobs 1.0.0 is accepted and held for review");
      reader.run(app.folder(), "build").exits(101);

      CliProcess cli = CliProcess.beside(scene.scene().gate());
      assertThat(cli.run("queue").ok().out()).contains("acme-jobs");
      cli.run("approve", "acme-jobs@1.0.0", "--reason", "read").ok();
      reader.run(app.folder(), "build").ok();
    }
  }

  @Test
  void deletedVersionIsGoneForEver() {
    try (PrivateScene scene = scene("hold = \"none\"\n")) {
      Cargo ada = scene.cargo(scene.token("ada", "ada", ALL));
      publish(ada, PrivateScene.pack("acme-core", "1.0.0")).ok();
      CargoProjectFolder app = app("acme-core = { version = \"1\", registry = \"acme\" }");
      ada.run(app.folder(), "generate-lockfile").ok();

      CliProcess cli = CliProcess.beside(scene.scene().gate());
      cli.run("private", "delete", "acme-core@1.0.0", "--reason", "contains a key").ok();

      assertThat(ada.run(app.folder(), "build", "--locked").exits(101).err())
          .contains("contains a key");
      assertThat(publish(ada, PrivateScene.pack("acme-core", "1.0.0")).exits(101).err())
          .contains("acme-core");
      publish(ada, PrivateScene.pack("acme-core", "1.0.1")).ok();
      assertThat(cli.run("private", "list").ok().out()).contains("acme-core", "1.0.1", "ada");
      assertThat(cli.run("log", "--json").ok().out()).contains("version-deleted");
    }
  }

  @Test
  @Tag("all")
  void cratesOfAnotherRegistryAreImportedAndBuilt() {
    Path folder = formerRegistry();
    try (PrivateScene scene =
        PrivateScene.of(
            Crates.alphaAndBeta(),
            "acme-*",
            "hold = \"none\"\n",
            "former-addresses = [\"%s\"]".formatted(FORMER))) {
      String ada = scene.token("ada", "ada", ALL);
      Cargo cargo = scene.cargo(ada);
      CliProcess cli = CliProcess.beside(scene.scene().gate());
      String[] words = {"private", "import", folder.toString(), "--owner", "ada"};

      assertThat(
              cli.run("private", "import", folder.toString(), "--owner", "ada", "--dry-run").out())
          .contains("an import would give: 3 published, 0 held, 0 stored before, 0 refused");
      assertThat(line(scene, ada, "ac/me/acme-core")).doesNotContain("\"vers\"");
      assertThat(cli.run(words).ok().out()).contains("3 published, 0 held, 0 stored before");
      assertThat(cli.run(words).ok().out()).contains("0 published, 0 held, 3 stored before");

      assertThat(line(scene, ada, "ac/me/acme-core"))
          .containsSubsequence("\"vers\":\"0.9.0\"", "\"yanked\":true")
          .containsSubsequence("\"vers\":\"1.0.0\"", "\"yanked\":false");
      CargoProjectFolder app = app("acme-app = { version = \"1\", registry = \"acme\" }");
      cargo.run(app.folder(), "build").ok();
      assertThat(app.locked("acme-core")).isEqualTo("1.0.0");
      publish(cargo, PrivateScene.pack("acme-core", "1.1.0")).ok();
    }
  }

  @Test
  @Tag("all")
  void importListsTheAddressesThatTheConfigurationLacks() {
    Path folder = formerRegistry();
    try (PrivateScene scene = scene("hold = \"none\"\n")) {
      String ada = scene.token("ada", "ada", ALL);
      CliProcess cli = CliProcess.beside(scene.scene().gate());

      for (boolean dryRun : new boolean[] {true, false}) {
        List<String> words =
            new ArrayList<>(List.of("private", "import", folder.toString(), "--owner", "ada"));
        if (dryRun) {
          words.add("--dry-run");
        }
        assertThat(cli.run(words.toArray(String[]::new)).exits(1).out())
            .contains(
                "2 published, 0 held, 0 stored before, 1 refused",
                "  %s (refused versions: 1)".formatted(FORMER),
                "  former-addresses = [\"%s\"]".formatted(FORMER));
      }
      assertThat(line(scene, ada, "ac/me/acme-app")).doesNotContain("\"vers\"");

      assertThat(
              cli.run("private", "import", folder.toString(), "--owner", "group:nowhere")
                  .exits(5)
                  .err())
          .contains("cannot import for 'group:nowhere'");
    }
  }

  private static Path formerRegistry() {
    Path folder = WorkFolder.folder("former");
    var _ =
        FixtureRegistry.of(
                CrateBuilder.crate("acme-core", "1.0.0"),
                CrateBuilder.crate("acme-app", "1.0.0").manifest(NEEDS_CORE))
            .publish(CrateBuilder.crate("acme-core", "0.9.0"), line -> line.yanked(true))
            .writeTo(folder);
    return folder;
  }

  /// Question R1 of the design: what cargo does while a version of a person is held.
  @Test
  @Tag("all")
  void personReadsTheWarningOfAHeldVersionWhileCargoWaits() {
    try (PrivateScene scene = scene("hold = \"every\"\n")) {
      Cargo ada = scene.cargo(scene.token("ada", "ada", ALL));
      long begun = System.nanoTime();

      ProgramResult held = publish(ada, PrivateScene.pack("acme-core", "1.0.0"));

      Duration taken = Duration.ofNanos(System.nanoTime() - begun);
      assertThat(held.err())
          .as("exit code %d after %s", held.exit(), taken)
          .contains("acme-core 1.0.0 is accepted and held for review");
      assertThat(held.exit()).as("after %s: %s", taken, held).isZero();
      assertThat(taken).isLessThan(Duration.ofMinutes(2));
    }
  }
}

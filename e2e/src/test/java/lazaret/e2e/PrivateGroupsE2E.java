package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.e2e.harness.Cargo;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.FormClient;
import lazaret.e2e.harness.PrivateScene;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.ProviderServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Private crates of groups of an identity provider, with the real cargo: a group as an owner, the
/// own tokens of its members, a login, and a job that yanks.
@Tag("all")
class PrivateGroupsE2E {
  private static final String ADMINS = "{\"group\":\"admins\",\"role\":\"admin\"}";

  private static final String ROLES =
      "{\"role\":["
          + ADMINS
          + ",{\"group\":\"platform\",\"role\":\"publish-update\",\"crates\":[\"acme-*\"]}"
          + ",{\"group\":\"platform\",\"role\":\"yank\",\"crates\":[\"acme-*\"]}"
          + ",{\"group\":\"readers\",\"role\":\"reader\"}]}";

  private static final String LATER_ROLES =
      "{\"role\":[" + ADMINS + ",{\"group\":\"platform\",\"role\":\"reader\"}]}";

  private static final Pattern SECRET = Pattern.compile("lzr_[0-9a-f]{64}");

  private final Path anywhere = CargoProjectFolder.with().folder();

  private static ProgramResult publish(Cargo cargo, String name, String version) {
    return cargo.run(
        PrivateScene.pack(name, version).folder(),
        "publish",
        "--registry",
        PrivateScene.REGISTRY,
        "--allow-dirty",
        "--no-verify");
  }

  private ProgramResult owner(Cargo cargo, String... change) {
    String[] all = new String[change.length + 4];
    all[0] = "owner";
    System.arraycopy(change, 0, all, 1, change.length);
    all[change.length + 1] = "acme-core";
    all[change.length + 2] = "--registry";
    all[change.length + 3] = PrivateScene.REGISTRY;
    return cargo.run(anywhere, all);
  }

  private static Cargo ada(PrivateScene scene) {
    return scene.cargo(
        scene.token("ada", "ada", "publish-new", "publish-update", "yank", "change-owners"));
  }

  /// Signs in the person whom the provider has next.
  private static FormClient signedIn(PrivateScene scene) {
    String url = scene.scene().gate().url();
    FormClient browser = new FormClient();
    FormClient.Page page = browser.open(url + "/desk/sign-in/start?to=/desk/people/me");
    assertThat(page.status()).as(page.text()).isEqualTo(200);
    assertThat(page.address()).hasToString(url + "/desk/people/me");
    return browser;
  }

  /// Creates a token with one role on the page *Your account*, and returns its secret.
  private static String own(PrivateScene scene, FormClient browser, String name, String role) {
    FormClient.Page made =
        browser.post(
            scene.scene().gate().url() + "/desk/people/me/tokens",
            Map.of("name", name, "days", "30", "role", role));
    Matcher secret = SECRET.matcher(made.text());
    assertThat(secret.find()).as("status %d: %s", made.status(), made.text()).isTrue();
    return secret.group();
  }

  @Test
  void membersOfAGroupThatOwnsACratePublishAndYank() {
    try (ProviderServer provider = new ProviderServer();
        PrivateScene scene = PrivateScene.signingIn(provider, ROLES)) {
      Cargo ada = ada(scene);
      publish(ada, "acme-core", "1.0.0").ok();
      provider.person("bob", "platform");
      FormClient browser = signedIn(scene);
      String secret = own(scene, browser, "bob-publishes", "publish-update:acme-*");
      Cargo bob = scene.cargo(secret);

      assertThat(publish(bob, "acme-core", "1.1.0").exits(101).err())
          .contains("bob is not an owner of acme-core");
      assertThat(owner(ada, "--add", "group:nobodies").exits(101).err())
          .contains("cannot add 'group:nobodies'");

      owner(ada, "--add", "group:platform").ok();
      assertThat(owner(ada, "--list").ok().out()).contains("ada", "group:platform");
      publish(bob, "acme-core", "1.1.0").ok();
      Cargo yanking = scene.cargo(own(scene, browser, "bob-yanks", "yank:acme-*"));
      yanking.run(anywhere, "yank", "acme-core@1.1.0", "--registry", "acme").ok();
      assertThat(line(scene, secret)).contains("\"vers\":\"1.1.0\"", "\"yanked\":true");
      yanking.run(anywhere, "yank", "--undo", "acme-core@1.1.0", "--registry", "acme").ok();
      assertThat(line(scene, secret)).doesNotContain("\"yanked\":true");
      assertThat(publish(yanking, "acme-core", "1.2.0").exits(101).err())
          .contains("lacks the scope publish-update for acme-core");
      // A group publishes and yanks. Persons alone change owners.
      assertThat(owner(bob, "--add", "bob").exits(101).err())
          .contains("lacks the scope change-owners");

      provider.person("carol", "readers");
      Cargo carol = scene.cargo(own(scene, signedIn(scene), "carol-reads", "reader"));
      carol.run(anywhere, "search", "acme", "--registry", "acme").ok();
      assertThat(publish(carol, "acme-core", "1.2.0").exits(101).err())
          .contains("lacks the scope publish-update for acme-core");

      owner(ada, "--remove", "group:platform").ok();
      assertThat(publish(bob, "acme-core", "1.2.0").exits(101).err())
          .contains("bob is not an owner of acme-core; its owners are: ada");
    }
  }

  private static String line(PrivateScene scene, String token) {
    return scene
        .scene()
        .http()
        .get("/private/index/ac/me/acme-core", "Authorization", token)
        .text();
  }

  @Test
  void ownTokenLosesWhatTheMappingNoLongerGives() {
    try (ProviderServer provider = new ProviderServer()) {
      PrivateScene scene = PrivateScene.signingIn(provider, ROLES);
      try {
        Cargo ada = ada(scene);
        publish(ada, "acme-core", "1.0.0").ok();
        owner(ada, "--add", "group:platform").ok();
        provider.person("bob", "platform");
        String secret = own(scene, signedIn(scene), "bob-publishes", "publish-update:acme-*");
        publish(scene.cargo(secret), "acme-core", "1.1.0").ok();

        scene = scene.restarted("sign-in.role", LATER_ROLES);

        assertThat(publish(scene.cargo(secret), "acme-core", "1.2.0").exits(101).err())
            .contains("lacks the scope publish-update for acme-core");
        assertThat(line(scene, secret)).contains("\"vers\":\"1.1.0\"");
        Cargo again = scene.cargo(scene.token("ada-again", "ada", "publish-update"));
        publish(again, "acme-core", "1.2.0").ok();
      } finally {
        scene.close();
      }
    }
  }

  @Test
  void tokenOfALoginPublishesUntilTheLogout() {
    try (PrivateScene scene =
        PrivateScene.of(Crates.alphaAndBeta(), "acme-*", "hold = \"none\"\n", "")) {
      Cargo cargo = scene.cargo();
      assertThat(publish(cargo, "acme-core", "1.0.0").exits(101).err()).contains("no token found");

      cargo
          .runWith(
              scene.token("ada", "ada", "publish-new", "publish-update") + "\n",
              anywhere,
              "login",
              "--registry",
              "acme")
          .ok();
      publish(cargo, "acme-core", "1.0.0").ok();

      cargo.run(anywhere, "logout", "--registry", "acme").ok();
      assertThat(publish(cargo, "acme-core", "1.1.0").exits(101).err()).contains("no token found");
    }
  }

  @Test
  void jobYanksItsOwnCratesAlone() {
    try (PrivateScene scene =
        PrivateScene.of(Crates.alphaAndBeta(), "acme-*", "hold = \"none\"\n", "")) {
      publish(ada(scene), "acme-core", "1.0.0").ok();
      Cargo job = scene.cargo(scene.jobToken("yanks"));
      publish(job, "acme-jobs", "1.0.0").ok();

      job.run(anywhere, "yank", "acme-jobs@1.0.0", "--registry", "acme").ok();
      job.run(anywhere, "yank", "--undo", "acme-jobs@1.0.0", "--registry", "acme").ok();
      assertThat(
              job.run(anywhere, "yank", "acme-core@1.0.0", "--registry", "acme").exits(101).err())
          .contains("lacks the scope yank for acme-core");
    }
  }
}

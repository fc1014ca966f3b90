package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import lazaret.e2e.harness.FormClient;
import lazaret.e2e.harness.GateProcess;
import lazaret.e2e.harness.GateSettings;
import lazaret.e2e.harness.KeycloakProcess;
import lazaret.e2e.harness.LoginProcess;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.WorkFolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Sign-in at a real Keycloak: roles by groups, sign-out on both sides, back-channel logout, the
/// login of a command, and a rotation of keys. The tests are skipped if the distribution cannot be
/// fetched.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("all")
class KeycloakE2E {
  private static final String HOST = "127.0.0.1";
  private static final String SESSION = "__Host-lazaret";
  private static final String ROLES =
      "{\"role\":[{\"group\":\"lazaret-admins\",\"role\":\"admin\"},"
          + "{\"group\":\"lazaret-reviewers\",\"role\":\"reviewer\",\"crates\":[\"zstd-*\"]}]}";

  /// The pause of the gate between two fetches of keys for unknown ids, and one second.
  private static final Duration KEY_PAUSE = Duration.ofSeconds(31);

  private KeycloakProcess keycloak;
  private GateProcess gate;

  @BeforeAll
  void start() {
    String listen = HOST + ":" + Machine.freePort();
    keycloak = KeycloakProcess.start("http://" + listen);
    GateSettings settings =
        GateSettings.over(WorkFolder.folder("data"), WorkFolder.folder("upstream"))
            .argument("--listen", listen)
            .set("public-url", "http://" + listen)
            .set("sign-in.issuer", keycloak.issuer())
            .set("sign-in.client-id", KeycloakProcess.CLIENT)
            .set("sign-in.client-secret-file", KeycloakProcess.secretFile().toString())
            .set("sign-in.role", ROLES);
    gate = GateProcess.start(settings);
  }

  @AfterAll
  void close() {
    if (gate != null) {
      gate.close();
    }
    if (keycloak != null) {
      keycloak.close();
    }
  }

  /// Follows the link of the page for sign-in, and enters name and password if the provider asks.
  private FormClient.Page signIn(FormClient browser, String person) {
    FormClient.Page page = browser.open(gate.url() + "/desk/sign-in/start?to=/desk/people/me");
    return page.address().toString().startsWith(keycloak.issuer())
        ? browser.submit(
            page, Map.of("username", person, "password", KeycloakProcess.password(person)))
        : page;
  }

  private FormClient signedIn(String person) {
    FormClient browser = new FormClient();
    FormClient.Page page = signIn(browser, person);
    assertThat(page.status()).as(page.text()).isEqualTo(200);
    assertThat(page.address()).hasToString(gate.url() + "/desk/people/me");
    return browser;
  }

  private boolean isSignedIn(FormClient browser) {
    return browser
        .open(gate.url() + "/desk/people/me")
        .address()
        .getPath()
        .equals("/desk/people/me");
  }

  @Test
  void groupsOfTheProviderGiveRoles() {
    FormClient mara = signedIn("mara");
    FormClient jonas = signedIn("jonas");

    assertThat(mara.open(gate.url() + "/desk/people/me").text()).contains("Mara Meyer", "admin");
    assertThat(jonas.open(gate.url() + "/desk/people/me").text())
        .contains("Jonas Jung", "reviewer", "zstd-*")
        .doesNotContain("Mara Meyer");
    assertThat(mara.open(gate.url() + "/desk/people").status()).isEqualTo(200);
    assertThat(jonas.open(gate.url() + "/desk/people").status()).isEqualTo(403);
  }

  @Test
  void personWithoutAGroupIsRefused() {
    FormClient browser = new FormClient();

    FormClient.Page page = signIn(browser, "stranger");

    assertThat(page.status()).isEqualTo(403);
    assertThat(page.text()).contains("has a role here");
    assertThat(browser.cookie(HOST, SESSION)).isEmpty();
  }

  @Test
  void signOutElsewhereEndsTheSessionHere() {
    FormClient mara = signedIn("mara");
    FormClient other = signedIn("mara");
    assertThat(isSignedIn(mara)).isTrue();

    FormClient.Page question = mara.open(keycloak.issuer() + "/protocol/openid-connect/logout");
    mara.submit(question, Map.of());

    assertThat(isSignedIn(mara)).isFalse();
    assertThat(isSignedIn(other)).isTrue();
    assertThat(gate.log()).contains("sessions ended by the identity provider: 1");
  }

  @Test
  void signOutHereEndsTheSessionOfTheProviderWithoutAQuestion() {
    FormClient jonas = signedIn("jonas");
    assertThat(isSignedIn(jonas)).isTrue();

    FormClient.Page out = jonas.post(gate.url() + "/desk/sign-out", Map.of());
    assertThat(out.refresh()).startsWith(keycloak.issuer()).contains("id_token_hint=");
    FormClient.Page back = jonas.open(out.refresh());

    assertThat(back.address()).hasToString(gate.url() + "/desk/sign-in");
    assertThat(isSignedIn(jonas)).isFalse();
    assertThat(
            jonas.open(gate.url() + "/desk/sign-in/start?to=/desk/people/me").address().toString())
        .startsWith(keycloak.issuer());
  }

  @Test
  void secondSignInNeedsNoPasswordAndReplacesTheCookie() {
    FormClient mara = signedIn("mara");
    String first = mara.cookie(HOST, SESSION).orElseThrow();

    FormClient.Page page = mara.open(gate.url() + "/desk/sign-in/start?to=/desk/people/me");

    assertThat(page.address()).hasToString(gate.url() + "/desk/people/me");
    assertThat(mara.cookie(HOST, SESSION).orElseThrow()).isNotEqualTo(first);
  }

  @Test
  void commandHasTheRolesOfThePersonUntilAnAdministratorEndsIt() {
    FormClient jonas = signedIn("jonas");
    Path home = WorkFolder.folder("home");
    try (LoginProcess login = LoginProcess.start(gate, home, "reviewer")) {
      FormClient.Page confirmed =
          jonas.post(gate.url() + "/desk/device", Map.of("code", login.code(), "do", "approve"));
      assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
      login.finish();
    }
    String[] token = {"Authorization", "Bearer " + LoginProcess.secret(home)};
    assertThat(gate.http().get("/desk/v1/me", token).text())
        .contains("\"owner\":\"jonas\"", "\"sign_in\":\"login\"", "reviewer:zstd-*");

    FormClient.Page ended =
        signedIn("mara").post(gate.url() + "/desk/people/jonas/sessions/end", Map.of());

    assertThat(ended.status()).as(ended.text()).isEqualTo(200);
    assertThat(gate.http().get("/desk/v1/me", token).status()).isEqualTo(401);
    assertThat(isSignedIn(jonas)).isFalse();
  }

  @Test
  void newKeyOfTheProviderIsUsedAndSessionsGoOn() throws InterruptedException {
    FormClient before = signedIn("mara");
    keycloak.rotateKeys();
    Thread.sleep(KEY_PAUSE);

    FormClient after = signedIn("jonas");

    assertThat(isSignedIn(after)).isTrue();
    assertThat(isSignedIn(before)).isTrue();
  }
}

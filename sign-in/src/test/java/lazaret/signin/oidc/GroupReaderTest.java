package lazaret.signin.oidc;

import static lazaret.signin.oidc.OidcFixture.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import lazaret.signin.FakeProvider;
import lazaret.signin.ProviderResponse;
import org.junit.jupiter.api.Test;

class GroupReaderTest {
  private final OidcFixture fixture = new OidcFixture();

  private List<String> groups(Map<String, ?> claims) {
    fixture.claims(claims);
    return fixture.signedIn().groups();
  }

  private void refusesGroups(Object value, String detail) {
    fixture.claims(Map.of("groups", value));
    refuses(
        fixture.signIn(),
        SignInRefusalCode.GROUPS_REFUSED,
        "cannot accept the groups of a person: expected " + detail);
  }

  @Test
  void readsOneGroupOrAList() {
    assertThat(groups(Map.of("groups", "sec"))).containsExactly("sec");
    assertThat(groups(Map.of("groups", List.of("sec", "b c")))).containsExactly("sec", "b c");
    assertThat(groups(Map.of("groups", List.of()))).isEmpty();
    assertThat(fixture.provider.requests).doesNotContain("GET /userinfo");
  }

  @Test
  void acceptsAThousandGroupsAndNoMore() {
    assertThat(groups(Map.of("groups", Collections.nCopies(1_000, "g")))).hasSize(1_000);
    refusesGroups(Collections.nCopies(1_001, "g"), "at most 1000, found 1001");
  }

  @Test
  void refusesGroupsThatAreTooLongTogether() {
    fixture.provider.userInfo.put("groups", Collections.nCopies(257, "x".repeat(256)));
    fixture.claims(Map.of());

    refuses(
        fixture.signIn(),
        SignInRefusalCode.GROUPS_REFUSED,
        "expected at most 65536 characters together, found 65792");
  }

  @Test
  void refusesNamesThatAreNoNames() {
    assertThat(groups(Map.of("groups", "x".repeat(256)))).hasSize(1);
    String names = "names of 1 to 256 printable characters, found '";
    refusesGroups("x".repeat(257), names + "xxx");
    refusesGroups(List.of("sec", ""), names + "'");
    refusesGroups(List.of("sec\nadmin"), names + "sec?admin'");
    refusesGroups(List.of(List.of("sec")), names + "[sec]'");
    refusesGroups(List.of(7), names + "7'");
    refusesGroups(Map.of("sec", true), "a string or a list of strings, found another form");
  }

  @Test
  void asksForUserinfoIfTheTokenHasNoGroups() {
    fixture.provider.userInfo.put("groups", List.of("sec"));

    assertThat(groups(Map.of())).containsExactly("sec");
    assertThat(fixture.provider.requests).containsOnlyOnce("GET /userinfo");
  }

  @Test
  void doesNotAskWithoutAConfiguredClaim() {
    OidcSettings all = OidcFixture.settings();
    fixture.client =
        fixture.client(
            new OidcSettings(
                all.issuer(),
                all.clientId(),
                null,
                new OidcSettings.Claims("sub", null),
                all.scopes(),
                all.publicUrl()));

    assertThat(groups(Map.of("groups", "sec"))).isEmpty();
    assertThat(fixture.provider.requests).doesNotContain("GET /userinfo");
  }

  @Test
  void hasNoGroupsWithoutAnEndpoint() {
    fixture.provider.metadata.remove("userinfo_endpoint");

    assertThat(groups(Map.of())).isEmpty();
  }

  @Test
  void refusesTheUserinfoOfAnotherPerson() {
    fixture.provider.userInfo.putAll(Map.of("sub", "1235", "groups", "admin"));

    refuses(
        fixture.signIn(),
        SignInRefusalCode.TOKEN_REFUSED,
        "expected the subject of the ID token, found another");
  }

  @Test
  void reportsAnEndpointThatDoesNotAnswer() {
    for (ProviderResponse response :
        List.of(
            new ProviderResponse.Failed("no connection"),
            FakeProvider.json(401, Map.of()),
            FakeProvider.json(302, Map.of()))) {
      fixture.provider.replaced.put("/userinfo", response);
      assertThat(fixture.signIn())
          .isInstanceOfSatisfying(
              AuthenticationResult.Unavailable.class,
              result ->
                  assertThat(result.detail())
                      .startsWith("cannot get the userinfo of " + FakeProvider.ISSUER));
    }
  }
}

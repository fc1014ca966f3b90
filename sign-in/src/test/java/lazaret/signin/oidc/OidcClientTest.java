package lazaret.signin.oidc;

import static lazaret.signin.oidc.OidcFixture.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import lazaret.signin.FakeProvider;
import lazaret.signin.ProviderRequest;
import lazaret.signin.ProviderResponse;
import lazaret.signin.SigningKey;
import lazaret.vetting.Bytes;
import lazaret.vetting.Secret;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OidcClientTest {
  private static final String DISCOVERY = "/.well-known/openid-configuration";

  private final OidcFixture fixture = new OidcFixture();
  private final FakeProvider provider = fixture.provider;

  private static OidcSettings settings(@Nullable Secret secret) {
    OidcSettings all = OidcFixture.settings();
    return new OidcSettings(
        all.issuer(), all.clientId(), secret, all.claims(), all.scopes(), all.publicUrl());
  }

  @Test
  void signsAPersonIn() {
    fixture.claims(Map.of("groups", List.of("sec", "dev")));

    AuthenticationResult result = fixture.signIn();

    assertThat(result)
        .isInstanceOfSatisfying(
            AuthenticationResult.SignedIn.class,
            in -> {
              assertThat(in.identity())
                  .isEqualTo(
                      new SignedInIdentity(
                          FakeProvider.ISSUER,
                          "1234",
                          "ada",
                          "Ada Example",
                          "ada@example.org",
                          List.of("sec", "dev"),
                          "session-1",
                          fixture.clock.instant()));
              assertThat(in.returnPath()).hasToString("/desk/queue?tab=1");
              assertThat(in.idToken().text()).startsWith("ey");
              assertThat(in.toString()).doesNotContain(in.idToken().text());
            });
    assertThat(provider.requests).containsExactly("GET " + DISCOVERY, "POST /token", "GET /keys");
  }

  @Test
  void sendsTheParametersOfTheCodeFlow() {
    BeginResult.Begun begun = fixture.begin();

    assertThat(begun.address().toString())
        .startsWith(FakeProvider.ISSUER + "/authorize?prompt=login&");
    Map<String, String> query = FakeProvider.query(begun.address());
    assertThat(query)
        .containsEntry("response_type", "code")
        .containsEntry("response_mode", "query")
        .containsEntry("client_id", "lazaret")
        .containsEntry("redirect_uri", "https://crates.example.org/desk/sign-in/return")
        .containsEntry("scope", "openid email")
        .containsEntry("code_challenge_method", "S256");
    assertThat(query.get("code_challenge")).matches("[A-Za-z0-9_-]{43}");
    assertThat(begun.browserId().text()).matches("[A-Za-z0-9_-]{43}");
    assertThat(List.of(query.get("state"), query.get("nonce"), begun.browserId().text()))
        .doesNotHaveDuplicates();
    assertThat(FakeProvider.query(fixture.begin().address()).get("state"))
        .isNotEqualTo(query.get("state"));
  }

  @Test
  void keepsTheAddressesOfEndpoints() {
    String endpoint = FakeProvider.ISSUER + "/a%2Fb%25?tenant=a%26b";
    provider.metadata.put("authorization_endpoint", endpoint);
    provider.metadata.put("end_session_endpoint", endpoint);

    assertThat(fixture.begin().address().toString()).startsWith(endpoint + "&");
    assertThat(fixture.client.signOutAddress(null).orElseThrow().toString())
        .startsWith(endpoint + "&client_id=lazaret&");
  }

  @Test
  void authenticatesByTheHeaderIfTheProviderCan() {
    fixture.signedIn();

    String pair = "lazaret:s3cret%3A%2F%2B";
    Secret header = provider.tokenRequest().authorization();
    assertThat(header).isNotNull();
    assertThat(header.text())
        .isEqualTo(
            "Basic "
                + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII)));
    assertThat(provider.tokenRequest().form())
        .containsOnlyKeys("grant_type", "code", "redirect_uri", "code_verifier");
    assertThat(provider.tokenRequest().toString())
        .isEqualTo("POST " + FakeProvider.ISSUER + "/token");
  }

  @Test
  void authenticatesByTheFormOrNotAtAll() {
    provider.metadata.put(
        "token_endpoint_auth_methods_supported", List.of("private_key_jwt", "client_secret_post"));
    fixture.signedIn();
    assertThat(provider.tokenRequest().authorization()).isNull();
    assertThat(provider.tokenRequest().form())
        .containsEntry("client_id", "lazaret")
        .containsEntry("client_secret", FakeProvider.SECRET);

    fixture.client = fixture.client(settings(null));
    fixture.signedIn();
    assertThat(provider.tokenRequest().authorization()).isNull();
    assertThat(provider.tokenRequest().form())
        .containsEntry("client_id", "lazaret")
        .doesNotContainKey("client_secret");
  }

  @Test
  void refusesAProviderWithoutACommonAuthentication() {
    provider.metadata.put("token_endpoint_auth_methods_supported", List.of("private_key_jwt"));

    assertThat(fixture.signIn())
        .isInstanceOfSatisfying(
            AuthenticationResult.Unavailable.class,
            result ->
                assertThat(result.detail())
                    .contains(
                        "expected client_secret_basic or client_secret_post, found"
                            + " 'private_key_jwt'"));
  }

  @Test
  void refusesTheResponseInAnotherBrowser() {
    BeginResult.Begun victim = fixture.begin();
    BeginResult.Begun attacker = fixture.begin();
    String response = provider.authorize(attacker.address());

    refuses(
        fixture.finish(response, null),
        SignInRefusalCode.NOT_BEGUN,
        "expected the cookie and the state of a begun one, found no cookie");
    refuses(
        fixture.finish(response, victim.browserId()),
        SignInRefusalCode.NOT_BEGUN,
        "expected the cookie and the state of a begun one, found others");
    assertThat(provider.requests).doesNotContain("POST /token");
    // An address that an attacker made does not end the sign-in of the person.
    assertThat(fixture.finish(provider.authorize(victim.address()), victim.browserId()))
        .isInstanceOf(AuthenticationResult.SignedIn.class);
  }

  @Test
  void refusesAReplayedResponse() {
    BeginResult.Begun begun = fixture.begin();
    String response = provider.authorize(begun.address());
    assertThat(fixture.finish(response, begun.browserId()))
        .isInstanceOf(AuthenticationResult.SignedIn.class);

    refuses(
        fixture.finish(response, begun.browserId()),
        SignInRefusalCode.NOT_BEGUN,
        "found others; begin the sign-in again");
    assertThat(provider.requests).containsOnlyOnce("POST /token");
  }

  @Test
  void refusesACodeOfAnotherSignIn() {
    BeginResult.Begun first = fixture.begin();
    BeginResult.Begun second = fixture.begin();
    String stolen = provider.authorize(first.address()).replaceAll("&.*", "");
    String state = FakeProvider.query(second.address()).get("state");
    String response =
        stolen + "&state=" + state + "&iss=" + FakeProvider.encoded(FakeProvider.ISSUER);

    refuses(
        fixture.finish(response, second.browserId()),
        SignInRefusalCode.CODE_REFUSED,
        "expected status 200, found 400 with the error 'invalid_grant'");
  }

  @Test
  void refusesAUsedCode() {
    BeginResult.Begun first = fixture.begin();
    String code = provider.authorize(first.address());
    fixture.finish(code, first.browserId());
    BeginResult.Begun second = fixture.begin();
    String state = FakeProvider.query(second.address()).get("state");

    refuses(
        fixture.finish(code.replaceAll("state=[^&]*", "state=" + state), second.browserId()),
        SignInRefusalCode.CODE_REFUSED,
        "with the error 'invalid_grant'");
  }

  @Test
  void refusesASignInOfMoreThanTenMinutes() {
    BeginResult.Begun begun = fixture.begin();
    String response = provider.authorize(begun.address());
    fixture.clock.advance(Duration.ofMinutes(10).plusSeconds(1));

    refuses(
        fixture.finish(response, begun.browserId()), SignInRefusalCode.NOT_BEGUN, "found others");
  }

  @Test
  void refusesTheResponseOfAnotherIssuer() {
    BeginResult.Begun begun = fixture.begin();
    String response =
        provider
            .authorize(begun.address())
            .replaceAll("iss=.*", "iss=" + FakeProvider.encoded("https://evil.example"));

    refuses(
        fixture.finish(response, begun.browserId()),
        SignInRefusalCode.WRONG_ISSUER,
        "expected the response of '" + FakeProvider.ISSUER + "', found 'https://evil.example'");
    assertThat(provider.requests).doesNotContain("POST /token");
  }

  @Test
  void needsTheIssuerIfTheProviderAnnouncesIt() {
    BeginResult.Begun begun = fixture.begin();
    String response = provider.authorize(begun.address()).replaceAll("&iss=.*", "");
    refuses(
        fixture.finish(response, begun.browserId()), SignInRefusalCode.WRONG_ISSUER, "found ''");

    provider.metadata.remove("authorization_response_iss_parameter_supported");
    fixture.clock.advance(Duration.ofHours(1));
    BeginResult.Begun again = fixture.begin();
    String other = provider.authorize(again.address()).replaceAll("&iss=.*", "");
    assertThat(fixture.finish(other, again.browserId()))
        .isInstanceOf(AuthenticationResult.SignedIn.class);
  }

  private AuthenticationResult error(String error) {
    BeginResult.Begun begun = fixture.begin();
    String state = FakeProvider.query(begun.address()).get("state");
    return fixture.finish(
        "error="
            + error
            + "&error_description=%0a&state="
            + state
            + "&iss="
            + FakeProvider.encoded(FakeProvider.ISSUER),
        begun.browserId());
  }

  @Test
  void reportsErrorsOfTheProvider() {
    refuses(error("access_denied"), SignInRefusalCode.DENIED, "found the error 'access_denied'");
    refuses(
        error("invalid_scope"),
        SignInRefusalCode.PROVIDER_ERROR,
        "found the error 'invalid_scope'; look for it");
    // RFC 6749 section 4.1.2.1: an error has printable ASCII characters only.
    refuses(
        error("invalid_scope%0d%0aforged"),
        SignInRefusalCode.RESPONSE_MALFORMED,
        "expected a code or an error of printable ASCII characters, found another text");
    assertThat(error("temporarily_unavailable"))
        .isInstanceOf(AuthenticationResult.Unavailable.class);
  }

  @Test
  void refusesAResponseWithoutACode() {
    BeginResult.Begun begun = fixture.begin();
    String state = FakeProvider.query(begun.address()).get("state");

    String rest = "&state=" + state + "&iss=" + FakeProvider.encoded(FakeProvider.ISSUER);
    refuses(
        fixture.finish("code=" + rest, begun.browserId()),
        SignInRefusalCode.RESPONSE_MALFORMED,
        "expected a code or an error of printable ASCII characters, found another text");
    refuses(
        fixture.finish("id_token=a.b.c" + rest, begun.browserId()),
        SignInRefusalCode.RESPONSE_MALFORMED,
        "expected a code of 1 to 4096 characters, found 0");
  }

  @Test
  void refusesAResponseThatCannotBeRead() {
    refuses(
        fixture.finish("state=a&state=b", null),
        SignInRefusalCode.RESPONSE_MALFORMED,
        "expected each parameter once, found 'state' twice");
  }

  @Test
  void distinguishesFailuresOfTheTokenEndpoint() {
    provider.replaced.put("/token", FakeProvider.json(401, Map.of("error", "invalid_client")));
    refuses(fixture.signIn(), SignInRefusalCode.CLIENT_REFUSED, "found 401");

    provider.replaced.put("/token", FakeProvider.json(400, Map.of("error", List.of())));
    refuses(fixture.signIn(), SignInRefusalCode.PROVIDER_ERROR, "with the error '(none)'");

    for (ProviderResponse response :
        List.of(
            new ProviderResponse.Failed("no connection"),
            new ProviderResponse.Received(302, Bytes.EMPTY),
            new ProviderResponse.Received(503, Bytes.EMPTY),
            new ProviderResponse.Received(200, Bytes.utf8("<html>")),
            FakeProvider.json(200, Map.of("access_token", "access")))) {
      provider.replaced.put("/token", response);
      assertThat(fixture.signIn())
          .isInstanceOfSatisfying(
              AuthenticationResult.Unavailable.class,
              result ->
                  assertThat(result.detail())
                      .startsWith("cannot get tokens from " + FakeProvider.ISSUER));
    }
  }

  @Test
  void reportsAProviderThatDoesNotAnswer() {
    provider.replaced.put(DISCOVERY, new ProviderResponse.Failed("no connection"));

    assertThat(fixture.client.begin(ReturnPath.parse("/desk/")))
        .isInstanceOfSatisfying(
            BeginResult.Unavailable.class,
            start -> assertThat(start.detail()).contains("found no connection"));
    assertThat(fixture.client.signOutAddress(null)).isEmpty();
  }

  @Test
  void refusesEndpointsWithoutTls() {
    provider.metadata.put("token_endpoint", "http://id.example.org/tenant/token");

    assertThat(fixture.signIn())
        .isInstanceOfSatisfying(
            AuthenticationResult.Unavailable.class,
            result ->
                assertThat(result.detail())
                    .contains("cannot use 'token_endpoint'", "expected an https address"));
    assertThat(provider.requests).doesNotContain("POST /token");
  }

  @Test
  void signsInWithAKeyThatWasRotatedInFlight() {
    fixture.signedIn();
    SigningKey next = SigningKey.ec("ec-2");
    BeginResult.Begun begun = fixture.begin();
    String response = provider.authorize(begun.address());
    provider.signer = next;
    provider.algorithm = "ES256";
    provider.keys.clear();
    provider.keys.add(next.jwk());
    fixture.clock.advance(Duration.ofSeconds(30));

    assertThat(fixture.finish(response, begun.browserId()))
        .isInstanceOf(AuthenticationResult.SignedIn.class);
  }

  @Test
  void makesTheAddressOfTheSignOut() {
    AuthenticationResult.SignedIn in = (AuthenticationResult.SignedIn) fixture.signIn();
    Secret token = in.idToken();
    Map.Entry<String, String> back =
        Map.entry("post_logout_redirect_uri", "https://crates.example.org/desk/sign-in");

    signsOutWith(token, Map.ofEntries(back, Map.entry("id_token_hint", token.text())));
    Secret tooLong = new Secret(token.text() + "x".repeat(4_000));
    for (Secret none : new Secret[] {null, tooLong, new Secret("aa.bb.cc")}) {
      signsOutWith(none, Map.ofEntries(back, Map.entry("client_id", "lazaret")));
    }

    provider.metadata.remove("end_session_endpoint");
    fixture.clock.advance(Duration.ofHours(1));
    assertThat(fixture.client.signOutAddress(token)).isEmpty();
  }

  private void signsOutWith(@Nullable Secret token, Map<String, String> query) {
    assertThat(fixture.client.signOutAddress(token))
        .hasValueSatisfying(
            address -> {
              assertThat(address.toString()).startsWith(FakeProvider.ISSUER + "/logout?");
              assertThat(FakeProvider.query(address)).isEqualTo(query);
            });
  }

  @Test
  void hidesSecretsInTexts() {
    assertThat(OidcFixture.settings().toString()).doesNotContain(FakeProvider.SECRET);
    ProviderRequest request =
        new ProviderRequest.Get(
            URI.create("https://a.example/userinfo?key=s3cret"), new Secret("Bearer s3cret"), 10);
    assertThat(request).hasToString("GET https://a.example/userinfo");
    URI back = URI.create("https://crates.example.org/desk/sign-in/return");
    assertThat(AuthorizationResponseReader.parse("code=s3cret&state=s3cret", back).toString())
        .doesNotContain("s3cret");
    SignInState state =
        new SignInState(
            new State("s3cret"),
            new Nonce("s3cret"),
            new CodeVerifier("s3cret".repeat(10)),
            ReturnPath.parse("/"),
            fixture.clock.instant());
    assertThat(state).hasToString("sign-in begun at 2026-11-28T12:00:00Z");
  }
}

package lazaret.signin.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import lazaret.signin.FakeProvider;
import lazaret.signin.IssuerAddress;
import lazaret.testkit.ManualClock;
import lazaret.vetting.Secret;
import org.jspecify.annotations.Nullable;

/// A client of the provider in memory, with the steps of a browser.
final class OidcFixture {
  /// The value of a claim that a test removes.
  static final String ABSENT = "(absent)";

  final ManualClock clock = ManualClock.at("2026-11-28T12:00:00Z");
  final FakeProvider provider = new FakeProvider(clock);
  OidcClient client = client(settings());

  static OidcSettings settings() {
    return new OidcSettings(
        IssuerAddress.parse(FakeProvider.ISSUER),
        FakeProvider.CLIENT,
        new Secret(FakeProvider.SECRET),
        new OidcSettings.Claims("preferred_username", "groups"),
        List.of("openid", "email"),
        URI.create("https://crates.example.org"));
  }

  OidcClient client(OidcSettings settings) {
    return new OidcClient(settings, provider, clock);
  }

  BeginResult.Begun begin() {
    BeginResult start = client.begin(ReturnPath.parse("/desk/queue?tab=1"));
    assertThat(start).isInstanceOf(BeginResult.Begun.class);
    return (BeginResult.Begun) start;
  }

  /// Signs a person in.
  AuthenticationResult signIn() {
    BeginResult.Begun begun = begin();
    return finish(provider.authorize(begun.address()), begun.browserId());
  }

  AuthenticationResult finish(String query, @Nullable Secret browserId) {
    return client.finish(query, browserId);
  }

  SignedInIdentity signedIn() {
    AuthenticationResult result = signIn();
    assertThat(result).isInstanceOf(AuthenticationResult.SignedIn.class);
    return ((AuthenticationResult.SignedIn) result).identity();
  }

  /// Sets claims of the next ID tokens; a claim whose value is [#ABSENT] is removed.
  void claims(Map<String, ?> changed) {
    provider.claims =
        values -> {
          values.putAll(changed);
          values.values().removeIf(ABSENT::equals);
          return values;
        };
  }

  void tokens(UnaryOperator<String> changed) {
    provider.token = changed;
  }

  static void refuses(AuthenticationResult result, SignInRefusalCode code, String detail) {
    assertThat(result).isInstanceOf(AuthenticationResult.Refused.class);
    AuthenticationResult.Refused refused = (AuthenticationResult.Refused) result;
    assertThat(refused.detail()).contains(detail);
    assertThat(refused.code()).isEqualTo(code);
  }
}

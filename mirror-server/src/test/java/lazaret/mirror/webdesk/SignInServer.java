package lazaret.mirror.webdesk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import lazaret.mirror.budget.ServerBudgets;
import lazaret.mirror.clients.Client;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.http.RequestBodies;
import lazaret.mirror.http.RequestBudget;
import lazaret.signin.IssuerAddress;
import lazaret.signin.ProviderRequest;
import lazaret.signin.ProviderResponse;
import lazaret.signin.oidc.IdTokenCache;
import lazaret.signin.oidc.LogoutTokenIds;
import lazaret.signin.oidc.OidcClient;
import lazaret.signin.oidc.OidcSettings;
import lazaret.testkit.JwtSigner;
import lazaret.testkit.ManualClock;
import lazaret.vetting.Bytes;
import lazaret.vetting.access.RoleMapping;
import lazaret.vetting.access.SessionLimits;
import lazaret.vetting.access.SessionService;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrant;
import lazaret.web.SignInFlow;

/// The sign-in of a server over a store in memory, and its identity provider.
final class SignInServer {
  static final String ISSUER = "https://id.example.org";

  final ManualClock clock = ManualClock.at("2026-11-28T12:00:00Z");
  final InMemoryStore store = new InMemoryStore();
  final SessionService sessions =
      new SessionService(
          store,
          clock,
          new TokenService(store, clock),
          new RoleMapping(
              ISSUER, List.of(new RoleMapping.Entry("admins", RoleGrant.of(DeskRole.ADMIN)))),
          SessionLimits.DEFAULT);
  final OidcClient client =
      new OidcClient(
          new OidcSettings(
              IssuerAddress.parse(ISSUER),
              "lazaret",
              null,
              new OidcSettings.Claims("preferred_username", "groups"),
              List.of("openid"),
              URI.create("https://crates.example.org")),
          this::fetch,
          clock);
  final ProviderSignInAdapter flow = restarted();
  final Map<String, Object> claims = new HashMap<>();
  boolean down;

  /// The last ID token that the provider issued.
  String idToken = "";

  private final JwtSigner signer = new JwtSigner("one");
  private final BackChannelLogoutHandler logout =
      new BackChannelLogoutHandler(
          client.logoutTokens(
              new LogoutTokenIds() {
                @Override
                public boolean isUsed(String issuer, String jti) {
                  return false;
                }

                @Override
                public boolean use(String issuer, String jti, Instant until) {
                  return true;
                }
              }),
          sessions);
  private String nonce = "";

  SignInServer() {
    claims.put("iss", ISSUER);
    claims.put("aud", "lazaret");
    claims.put("sub", "1234");
    claims.put("sid", "session-1");
    claims.put("iat", clock.instant().getEpochSecond());
    claims.put("exp", clock.instant().getEpochSecond() + 300);
    claims.put("preferred_username", "ada");
    claims.put("groups", List.of("admins"));
  }

  /// Returns the sign-in after a restart of the server over the same store.
  ProviderSignInAdapter restarted() {
    IdTokenCache idTokens = new IdTokenCache(clock, SessionLimits.DEFAULT.absolute());
    return new ProviderSignInAdapter(client, sessions, idTokens, "id.example.org");
  }

  private ProviderResponse fetch(ProviderRequest request) {
    if (down) {
      return new ProviderResponse.Failed("no connection");
    }
    String path = request.address().getPath();
    return switch (path) {
      case "/.well-known/openid-configuration" ->
          json(
              """
              {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize",
               "token_endpoint":"%1$s/token","jwks_uri":"%1$s/keys",
               "end_session_endpoint":"%1$s/logout"}
              """
                  .formatted(ISSUER));
      case "/keys" -> json(signer.keySet());
      case "/token" -> {
        Map<String, Object> all = new HashMap<>(claims);
        all.put("nonce", nonce);
        idToken = signer.sign(all);
        yield json(
            "{\"id_token\":\"%s\",\"access_token\":\"a\",\"token_type\":\"Bearer\"}"
                .formatted(idToken));
      }
      default -> new ProviderResponse.Received(404, Bytes.EMPTY);
    };
  }

  private static ProviderResponse json(String text) {
    return new ProviderResponse.Received(200, Bytes.utf8(text));
  }

  String signed(Map<String, ?> all) {
    return signer.sign(all);
  }

  SignInFlow.Outcome.Continues begin(String to) {
    SignInFlow.Outcome outcome = flow.begin(to);
    assertThat(outcome).isInstanceOf(SignInFlow.Outcome.Continues.class);
    return (SignInFlow.Outcome.Continues) outcome;
  }

  /// Signs a person in at the provider, and returns to the server.
  SignInFlow.Outcome signIn(String to) {
    SignInFlow.Outcome.Continues begun = begin(to);
    Map<String, String> query =
        Arrays.stream(URI.create(begun.location()).getRawQuery().split("&"))
            .map(part -> part.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    nonce = query.getOrDefault("nonce", "");
    return flow.finish("code=c&state=" + query.get("state"), begun.cookie().value(), null);
  }

  HttpResponse logOut(String method, String body) {
    HttpRequest request =
        new HttpRequest(
            method,
            BackChannelLogoutHandler.PATH,
            "",
            "crates.example.org",
            null,
            Client.of(InetAddress.getLoopbackAddress()),
            _ -> Optional.empty(),
            limits ->
                body.length() > limits.limit()
                    ? new RequestBodies.Read.TooLong()
                    : new RequestBodies.Read.Whole(Bytes.utf8(body)),
            () -> "1");
    ServerBudgets budgets = ServerBudgets.of(256 << 20, 1 << 20);
    try (RequestBudget room =
        RequestBudget.begin(budgets, budgets.sending(), "client").orElseThrow()) {
      return logout.respond(request, room);
    }
  }
}

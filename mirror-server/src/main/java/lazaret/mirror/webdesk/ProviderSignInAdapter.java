package lazaret.mirror.webdesk;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import lazaret.signin.oidc.AuthenticationResult;
import lazaret.signin.oidc.BeginResult;
import lazaret.signin.oidc.IdTokenCache;
import lazaret.signin.oidc.OidcClient;
import lazaret.signin.oidc.ReturnPath;
import lazaret.signin.oidc.SignedInIdentity;
import lazaret.vetting.MalformedException;
import lazaret.vetting.Secret;
import lazaret.vetting.access.Identity;
import lazaret.vetting.access.Session;
import lazaret.vetting.access.SessionService;
import lazaret.vetting.access.SignInResult;
import lazaret.web.SignInFlow;
import lazaret.web.WebCookie;
import org.jspecify.annotations.Nullable;

/// The sign-in of a gate with an identity provider: by the provider, or by a token. Thread-safe;
/// blocks while the provider is asked.
public final class ProviderSignInAdapter implements SignInFlow {
  private static final String PREFIX = "__Host-";
  private static final String DESK = "/desk/";

  /// The status of a refusal.
  private static final int FORBIDDEN = 403;

  private static final int UNAVAILABLE = 503;

  private final OidcClient client;
  private final SessionService sessions;
  private final IdTokenCache idTokens;
  private final TokenSignInAdapter tokens;
  private final String host;

  /// Creates the sign-in.
  ///
  /// @param idTokens the ID tokens of the sessions, for the sign-out at the provider
  /// @param host the host of the provider for the page
  public ProviderSignInAdapter(
      OidcClient client, SessionService sessions, IdTokenCache idTokens, String host) {
    this.client = client;
    this.sessions = sessions;
    this.idTokens = idTokens;
    this.tokens = new TokenSignInAdapter(sessions);
    this.host = host;
  }

  @Override
  public Optional<String> provider() {
    return Optional.of(host);
  }

  @Override
  public Outcome begin(String to) {
    return switch (client.begin(path(to))) {
      case BeginResult.Begun(var address, var browserId) ->
          new Outcome.Continues(
              address.toString(),
              new WebCookie(
                  OidcClient.COOKIE.substring(PREFIX.length()),
                  browserId.text(),
                  Duration.ofSeconds(OidcClient.COOKIE_SECONDS)));
      case BeginResult.Unavailable _ -> unavailable();
    };
  }

  /// Returns the path to return to, or that of the desk if the text is not a path of this server.
  private static ReturnPath path(String to) {
    try {
      return ReturnPath.parse(to);
    } catch (MalformedException _) {
      return ReturnPath.parse(DESK);
    }
  }

  @Override
  public Outcome finish(String query, @Nullable String begun, @Nullable String earlier) {
    return switch (client.finish(query, begun == null ? null : new Secret(begun))) {
      case AuthenticationResult.SignedIn in -> signedIn(in, earlier);
      case AuthenticationResult.Refused(var code, var _) ->
          new Outcome.Refused(FORBIDDEN, code.sentence());
      case AuthenticationResult.Unavailable _ -> unavailable();
    };
  }

  private Outcome signedIn(AuthenticationResult.SignedIn in, @Nullable String earlier) {
    SignedInIdentity identity = in.identity();
    Identity person;
    try {
      person =
          new Identity(
              identity.issuer(),
              identity.subject(),
              identity.name(),
              identity.displayName(),
              identity.email(),
              identity.groups(),
              identity.sid());
    } catch (MalformedException e) {
      return new Outcome.Refused(FORBIDDEN, String.valueOf(e.getMessage()));
    }
    return switch (sessions.signIn(person, earlier)) {
      case SignInResult.SignedIn(var session, var secret) -> {
        idTokens.add(session.publicId(), in.idToken());
        yield new Outcome.SignedIn(in.returnPath().text(), secret.text());
      }
      case SignInResult.Refused(var sentence) -> new Outcome.Refused(FORBIDDEN, sentence);
    };
  }

  private static Outcome unavailable() {
    return new Outcome.Refused(
        UNAVAILABLE,
        "the identity provider does not answer, and the log of this server has the reason; try"
            + " again, or sign in with a token");
  }

  @Override
  public Outcome byToken(String token, @Nullable String earlier) {
    return tokens.byToken(token, earlier);
  }

  /// Ends a session. A person who signed in at the provider continues at its sign-out.
  @Override
  public Optional<String> end(String secret) {
    Optional<Session> session = sessions.find(secret);
    sessions.signOut(secret);
    return session
        .filter(each -> each.token() == null)
        .flatMap(this::signOutAddress)
        .map(Object::toString);
  }

  private Optional<URI> signOutAddress(Session session) {
    return client.signOutAddress(idTokens.take(session.publicId()).orElse(null));
  }
}

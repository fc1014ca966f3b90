package lazaret.signin.oidc;

import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Identifier;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationErrorResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import lazaret.signin.DiscoveredKeys;
import lazaret.signin.IssuerMetadata;
import lazaret.signin.IssuerMetadataCache;
import lazaret.signin.IssuerUnavailableException;
import lazaret.signin.ProviderTransport;
import lazaret.signin.SignedToken;
import lazaret.signin.SignedTokenVerifier;
import lazaret.signin.TokenRefusedException;
import lazaret.vetting.Excerpt;
import lazaret.vetting.LazaretException;
import lazaret.vetting.MalformedException;
import lazaret.vetting.Secret;
import org.jspecify.annotations.Nullable;

/// The client of one OpenID Connect provider: sign-in by the authorization code flow with PKCE, and
/// sign-out at the provider. Thread-safe; methods block while the provider is asked.
///
/// Source: OpenID Connect Core 1.0 section 3.1, RFC 7636, RFC 9207.
public final class OidcClient {
  /// The name of the cookie that binds a begun sign-in to its browser. It needs `Secure`, `Path=/`,
  /// `HttpOnly` and `SameSite=Lax`, because the browser returns from another site.
  public static final String COOKIE = "__Host-lazaret-signin";

  /// The lifetime of that cookie, in seconds.
  public static final int COOKIE_SECONDS = 600;

  private static final System.Logger LOG = System.getLogger(OidcClient.class.getName());
  private static final int MAX_CODE = 4_096;

  private final OidcSettings settings;
  private final Clock clock;
  private final IssuerMetadataCache discovery;
  private final SignInStates begun;
  private final TokenEndpoint tokens;
  private final SignedTokenVerifier signatures;
  private final IdTokenVerifier idTokens;
  private final UserInfoEndpoint userInfo;
  private final IdentityReader identities;

  /// Creates a client that keeps begun sign-ins in heap, without a request to the provider.
  public OidcClient(OidcSettings settings, ProviderTransport transport, Clock clock) {
    this(settings, transport, clock, new HeapSignInStates(clock));
  }

  /// Creates a client of one of several servers, without a request to the provider.
  ///
  /// @param begun the begun sign-ins of all servers
  public OidcClient(
      OidcSettings settings, ProviderTransport transport, Clock clock, SignInDocuments begun) {
    this(settings, transport, clock, new SharedSignInStates(begun, clock));
  }

  private OidcClient(
      OidcSettings settings, ProviderTransport transport, Clock clock, SignInStates begun) {
    this.settings = settings;
    this.clock = clock;
    this.discovery = new IssuerMetadataCache(settings.issuer(), transport, clock);
    this.begun = begun;
    this.tokens = new TokenEndpoint(settings, transport);
    this.signatures = new SignedTokenVerifier(new DiscoveredKeys(discovery, clock));
    this.idTokens = new IdTokenVerifier(signatures, new TokenClaimsCheck(settings, clock));
    this.userInfo = new UserInfoEndpoint(settings, transport);
    this.identities = new IdentityReader(settings.claims().name());
  }

  /// Begins a sign-in, which must be finished by the same browser within ten minutes.
  ///
  /// @param returnPath the page that the person wanted
  public BeginResult begin(ReturnPath returnPath) {
    Secret browserId = new Secret(new Identifier().getValue());
    SignInState state =
        new SignInState(new State(), new Nonce(), new CodeVerifier(), returnPath, clock.instant());
    try {
      URI endpoint = discovery.metadata().required("authorization_endpoint");
      URI address = appended(endpoint, request(state).toQueryString());
      begun.add(browserId, state);
      return new BeginResult.Begun(address, browserId);
    } catch (IssuerUnavailableException e) {
      return new BeginResult.Unavailable(logged("sign-in not begun", e));
    }
  }

  private AuthenticationRequest request(SignInState state) {
    return new AuthenticationRequest.Builder(
            ResponseType.CODE,
            Scope.parse(settings.scopes()),
            new ClientID(settings.clientId()),
            settings.redirectAddress())
        .responseMode(ResponseMode.QUERY)
        .state(state.state())
        .nonce(state.nonce())
        .codeChallenge(state.verifier(), CodeChallengeMethod.S256)
        .build();
  }

  /// Returns an address with parameters added to its query. The library alone would change the
  /// encoded characters of the address.
  private static URI appended(URI endpoint, String parameters) {
    return URI.create(endpoint + (endpoint.getRawQuery() == null ? "?" : "&") + parameters);
  }

  /// Finishes a sign-in. Each begun sign-in is finished at most once.
  ///
  /// @param query the query of the address to which the provider sent the browser, as it was sent;
  ///   foreign
  /// @param browserId the value of the cookie [#COOKIE]; null if the browser sent none; foreign
  public AuthenticationResult finish(String query, @Nullable Secret browserId) {
    try {
      return finished(
          AuthorizationResponseReader.parse(query, settings.redirectAddress()), browserId);
    } catch (MalformedException e) {
      return logged(
          new AuthenticationResult.Refused(
              SignInRefusalCode.RESPONSE_MALFORMED, String.valueOf(e.getMessage())));
    } catch (SignInRefusedException e) {
      return logged(e.result());
    } catch (TokenRefusedException e) {
      return logged(
          new AuthenticationResult.Refused(
              SignInRefusalCode.TOKEN_REFUSED, String.valueOf(e.getMessage())));
    } catch (IssuerUnavailableException e) {
      return new AuthenticationResult.Unavailable(logged("sign-in not finished", e));
    }
  }

  private AuthenticationResult finished(
      AuthenticationResponse response, @Nullable Secret browserId) {
    SignInState state =
        browserId == null ? null : begun.take(browserId.text(), response.getState());
    if (state == null) {
      throw new SignInRefusedException(
          SignInRefusalCode.NOT_BEGUN,
          "cannot finish a sign-in: expected the cookie and the state of a begun one, found "
              + (browserId == null ? "no cookie" : "others")
              + "; begin the sign-in again");
    }
    IssuerMetadata metadata = discovery.metadata();
    TokenReply reply = tokens.exchange(metadata, code(response, metadata), state.verifier());
    SignedToken idToken = idTokens.verify(reply, state.nonce());
    SignedToken person = userInfo.completed(idToken, reply, metadata);
    String claim = settings.claims().groups();
    List<String> groups = claim == null ? List.of() : GroupReader.groups(person, claim);
    return new AuthenticationResult.SignedIn(
        identities.identity(person, groups, clock.instant()), reply.idToken(), state.returnPath());
  }

  private AuthorizationCode code(AuthenticationResponse response, IssuerMetadata metadata) {
    checkIssuer(response, metadata);
    if (response instanceof AuthenticationErrorResponse failed) {
      throw refused(failed.getErrorObject().getCode());
    }
    AuthorizationCode code = response.toSuccessResponse().getAuthorizationCode();
    int length = code == null ? 0 : code.getValue().length();
    if (code == null || length > MAX_CODE) {
      throw new SignInRefusedException(
          SignInRefusalCode.RESPONSE_MALFORMED,
          "cannot finish a sign-in: expected a code of 1 to "
              + MAX_CODE
              + " characters, found "
              + length
              + "; begin the sign-in again");
    }
    return code;
  }

  /// Checks the issuer in the response (RFC 9207 section 2.4), so that another provider cannot mix
  /// its response into this sign-in.
  private void checkIssuer(AuthenticationResponse response, IssuerMetadata metadata) {
    Issuer issuer = response.getIssuer();
    boolean announced = metadata.flag("authorization_response_iss_parameter_supported");
    if (issuer == null ? announced : !issuer.getValue().equals(settings.issuer().text())) {
      throw new SignInRefusedException(
          SignInRefusalCode.WRONG_ISSUER,
          "cannot finish a sign-in: expected the response of '%s', found '%s'; check the redirect addresses at the providers"
              .formatted(settings.issuer(), issuer == null ? "" : Excerpt.of(issuer.getValue())));
    }
  }

  private LazaretException refused(String error) {
    String detail =
        "cannot finish a sign-in: expected a code of %s, found the error '%s'; look for it in the log of the provider"
            .formatted(settings.issuer(), Excerpt.of(error));
    return switch (error) {
      case "temporarily_unavailable", "server_error" -> new IssuerUnavailableException(detail);
      case "access_denied" -> new SignInRefusedException(SignInRefusalCode.DENIED, detail);
      default -> new SignInRefusedException(SignInRefusalCode.PROVIDER_ERROR, detail);
    };
  }

  /// Returns the address at which a person signs out at the provider. It is empty if the provider
  /// has none or does not answer.
  ///
  /// Source: OpenID Connect RP-Initiated Logout 1.0 section 2.
  ///
  /// @param idToken the ID token of the sign-in; null if it is not kept, or too long for an
  ///   address: the client id then names this server
  public Optional<URI> signOutAddress(@Nullable Secret idToken) {
    JWT hint = hint(idToken);
    ClientID client = hint == null ? new ClientID(settings.clientId()) : null;
    String parameters =
        new LogoutRequest(null, hint, null, client, settings.signedOutAddress(), null, null)
            .toQueryString();
    try {
      return discovery
          .metadata()
          .endpoint("end_session_endpoint")
          .map(endpoint -> appended(endpoint, parameters));
    } catch (IssuerUnavailableException e) {
      logged("no sign-out at the provider", e);
      return Optional.empty();
    }
  }

  private static @Nullable JWT hint(@Nullable Secret idToken) {
    if (idToken == null || idToken.text().length() > IdTokenCache.MAX_LENGTH) {
      return null;
    }
    try {
      return SignedJWT.parse(idToken.text());
    } catch (ParseException _) {
      return null;
    }
  }

  /// Returns the verifier of the logout tokens that the provider sends to this client.
  ///
  /// @param used the ids of logout tokens that were accepted
  public LogoutTokenVerifier logoutTokens(LogoutTokenIds used) {
    return new LogoutTokenVerifier(signatures, new TokenClaimsCheck(settings, clock), used);
  }

  private static AuthenticationResult logged(AuthenticationResult.Refused refused) {
    LOG.log(
        System.Logger.Level.INFO,
        "sign-in refused ({0}): {1}",
        refused.code().code(),
        refused.detail());
    return refused;
  }

  private static String logged(String event, LazaretException failure) {
    String detail = String.valueOf(failure.getMessage());
    LOG.log(System.Logger.Level.INFO, "{0}: {1}", event, detail);
    return detail;
  }
}

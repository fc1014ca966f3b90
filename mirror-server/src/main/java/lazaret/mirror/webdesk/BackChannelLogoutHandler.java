package lazaret.mirror.webdesk;

import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.http.OverloadResponses;
import lazaret.mirror.http.RequestBodies;
import lazaret.mirror.http.RequestBudget;
import lazaret.mirror.workload.FormParameters;
import lazaret.signin.SignedTokenVerifier;
import lazaret.signin.oidc.LogoutResult;
import lazaret.signin.oidc.LogoutTokenVerifier;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.access.SessionService;
import lazaret.vetting.json.JsonWriter;

/// The handler of logout requests of the identity provider, which end the sessions of a person who
/// signed out elsewhere. A request needs no other credential than its token. Thread-safe; blocks.
///
/// Source: OpenID Connect Back-Channel Logout 1.0 sections 2.5 to 2.8.
public final class BackChannelLogoutHandler {
  /// The path of the route, to register at the provider.
  public static final String PATH = "/desk/sign-in/back-channel-logout";

  private static final System.Logger LOG =
      System.getLogger(BackChannelLogoutHandler.class.getName());
  private static final int MAX_BYTES = SignedTokenVerifier.MAX_LENGTH + (8 << 10);

  /// The bytes of heap that each byte of a body uses.
  private static final int MULTIPLE = 8;

  private final LogoutTokenVerifier verifier;
  private final SessionService sessions;

  /// Creates a handler.
  public BackChannelLogoutHandler(LogoutTokenVerifier verifier, SessionService sessions) {
    this.verifier = verifier;
    this.sessions = sessions;
  }

  /// Responds to a request of any method.
  public HttpResponse respond(HttpRequest request, RequestBudget room) {
    if (!request.method().equals("POST")) {
      return HttpResponse.method("POST");
    }
    int limit = Math.min(MAX_BYTES, room.longestBody(MULTIPLE));
    return switch (request.body().read(new RequestBodies.Limits(limit, MULTIPLE, room.body()))) {
      case RequestBodies.Read.Whole whole -> loggedOut(whole.bytes().text());
      case RequestBodies.Read.TooLong() ->
          error(413, "cannot read the request: expected at most " + limit + " bytes, found more");
      case RequestBodies.Read.MemoryExhausted() -> OverloadResponses.respond(request, limit);
    };
  }

  private HttpResponse loggedOut(String body) {
    LogoutResult result;
    try {
      String token = FormParameters.parse(body).value("logout_token").orElse("");
      result = verifier.verify(token, this::end);
    } catch (MalformedException e) {
      return error(400, String.valueOf(e.getMessage()));
    }
    return switch (result) {
      case LogoutResult.Ending _ -> uncached(HttpResponse.text(200, ""));
      case LogoutResult.Refused(var detail) -> {
        LOG.log(System.Logger.Level.INFO, "logout refused: {0}", detail);
        yield error(400, "cannot accept the logout token: the log of this server has the reason");
      }
      case LogoutResult.Unavailable(var detail) -> {
        LOG.log(System.Logger.Level.WARNING, "logout not possible: {0}", detail);
        yield error(503, "cannot verify the logout token at present: try again")
            .coded(ErrorCode.SERVER_UNAVAILABLE.code());
      }
    };
  }

  private void end(LogoutResult.Ending ending) {
    int ended = sessions.logOut(ending.issuer(), ending.subject(), ending.sid());
    LOG.log(System.Logger.Level.INFO, "sessions ended by the identity provider: {0}", ended);
  }

  private static HttpResponse error(int status, String detail) {
    return uncached(
            HttpResponse.json(
                status,
                JsonWriter.object(
                    root -> root.put("error", "invalid_request").put("error_description", detail))))
        .coded(ErrorCode.MALFORMED_INPUT.code());
  }

  /// Adds the header of section 2.8.
  private static HttpResponse uncached(HttpResponse response) {
    return response.with("cache-control", "no-store");
  }
}

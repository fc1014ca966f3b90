package lazaret.mirror.server;

import java.util.Optional;
import lazaret.mirror.clients.Client;
import lazaret.mirror.http.HostNames;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.http.RouteKind;
import lazaret.vetting.access.Session;
import lazaret.vetting.access.SessionService;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.WebCookie;
import lazaret.web.desk.WebDesk;
import org.jspecify.annotations.Nullable;

/// The authenticator of requests.
final class Authenticator {
  private final TokenService tokens;
  private final SessionService sessions;
  private final boolean authRequired;
  private final HostNames names;

  Authenticator(
      TokenService tokens, SessionService sessions, boolean authRequired, HostNames names) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.authRequired = authRequired;
    this.names = names;
  }

  /// The sender of a request.
  ///
  /// @param token the valid token; empty if none was sent, or an invalid one
  /// @param tried whether a token was sent
  /// @param session the valid session; null if none was sent to the desk, or an invalid one
  /// @param client the identity by which limits count
  record Caller(Optional<Token> token, boolean tried, @Nullable Session session, Client client) {
    Requester requester() {
      return client.requester();
    }

    /// Returns whether a valid token of a reader was sent.
    boolean isReader() {
      return token.filter(each -> each.has(DeskRole.READER)).isPresent();
    }
  }

  Caller visitor(HttpRequest question) {
    Optional<String> secret = question.header("authorization");
    Optional<Token> token = secret.flatMap(tokens::authenticate).map(sessions::present);
    Client client = token.map(t -> question.client().withToken(t.name())).orElse(question.client());
    Session session = session(question).orElse(null);
    return new Caller(
        token,
        secret.isPresent(),
        session,
        session == null ? client : client.withPerson(session.person()));
  }

  /// Returns the sender of a request whose token is not looked at.
  static Caller anonymous(HttpRequest question) {
    return new Caller(Optional.empty(), false, null, question.client());
  }

  /// Returns the session of a request for a page of the desk. Other routes accept tokens alone.
  private Optional<Session> session(HttpRequest question) {
    return RouteKind.of(question.path()) == RouteKind.WEB_DESK
        ? question
            .header("cookie")
            .map(header -> WebCookie.parse(header).get(WebDesk.SESSION))
            .flatMap(sessions::find)
        : Optional.empty();
  }

  /// Returns the refusal of a reader without a valid token if one is required; empty if access is
  /// free. Cargo sends its first request without its token; `cargo login` shows `login_url`
  /// (docs/registry-protocol.md §7).
  Optional<HttpResponse> refuseReader(Caller visitor) {
    if (!authRequired || visitor.isReader()) {
      return Optional.empty();
    }
    String why =
        visitor.tried()
            ? "the token is unknown, expired or revoked here"
            : "this registry needs a token";
    return Optional.of(
        HttpResponse.text(
                401, why + "; ask an administrator for one: vetting-cli token create NAME")
            .with("www-authenticate", "Cargo login_url=\"" + names.origin() + "/me\"")
            .coded("unauthenticated"));
  }
}

package lazaret.mirror.server;

import java.util.Optional;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.http.RequestBudget;
import lazaret.mirror.signin.IdentityContext;
import lazaret.mirror.webdesk.BackChannelLogoutHandler;
import lazaret.mirror.workload.TokenExchangeHandler;
import lazaret.mirror.workload.TrustedPublishingHandler;
import org.jspecify.annotations.Nullable;

/// The routes for other systems that attest identities: the logout of a provider, and the exchange
/// of tokens of CI jobs. Their requests have a signed token in place of a token of this gate.
final class IdentityRoutes {
  private final @Nullable BackChannelLogoutHandler logout;
  private final @Nullable TokenExchangeHandler exchange;
  private final @Nullable TrustedPublishingHandler publishing;

  IdentityRoutes(IdentityContext identities) {
    this.logout = identities.logout().orElse(null);
    this.exchange = identities.jobs().map(TokenExchangeHandler::new).orElse(null);
    this.publishing = identities.jobs().map(TrustedPublishingHandler::new).orElse(null);
  }

  /// Answers a request, or returns empty if the path has no route here.
  Optional<HttpResponse> find(HttpRequest request, RequestBudget room) {
    return switch (request.path()) {
      case BackChannelLogoutHandler.PATH ->
          Optional.ofNullable(logout).map(handler -> handler.respond(request, room));
      case TokenExchangeHandler.PATH ->
          Optional.ofNullable(exchange).map(handler -> handler.respond(request, room));
      case TrustedPublishingHandler.PATH, TrustedPublishingHandler.PRIVATE_PATH ->
          Optional.ofNullable(publishing).map(handler -> handler.respond(request, room));
      default -> Optional.empty();
    };
  }
}

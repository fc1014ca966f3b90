package lazaret.mirror.server;

import java.util.Optional;
import lazaret.mirror.budget.ServerBudgets;
import lazaret.mirror.clients.Client;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.http.RouteKind;
import lazaret.mirror.limits.ClientLimits;
import lazaret.mirror.limits.LimitResponses;
import lazaret.mirror.limits.RequestLimit;
import lazaret.mirror.limits.RequestWeight;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.RequestOperations;

/// The check of requests against the rate limits, before and after their handlers. Thread-safe.
final class LimitCheck {
  /// The page on which a person signs in with a token; the steps with a provider are below it.
  private static final String SIGN_IN = "/desk/sign-in";

  private static final String PRIVATE_API = RouteKind.PRIVATE.prefix() + "api/v1/";

  /// The path to which cargo uploads versions.
  private static final String PUBLISH = PRIVATE_API + "crates/new";

  private static final int UNAVAILABLE = 503;
  private static final int UNAUTHENTICATED = 401;

  private final ClientLimits limits;

  LimitCheck(ClientLimits limits) {
    this.limits = limits;
  }

  /// Returns the limit of requests to upstream that the handler of a request uses.
  RequestLimit upstream(Authenticator.Caller visitor) {
    return limits.of(visitor.client());
  }

  /// Returns the refusal of a request whose work is known by its path; empty if it is permitted.
  Optional<HttpResponse> before(HttpRequest question, Authenticator.Caller visitor) {
    Client client = visitor.client();
    Optional<ClientLimits.Refused> refused =
        switch (RouteKind.of(question.path())) {
          case INDEX, DOWNLOAD, SNAPSHOTS, TOOLCHAINS, SITE, DOCUMENTATION ->
              limits.take(client, RequestWeight.READ, 1);
          case AUDITS -> limits.take(client, RequestWeight.DESK, ServerBudgets.QUERY);
          case WEB_API -> limits.take(client, RequestWeight.DESK, ServerBudgets.EXPENSIVE_QUERY);
          case PRIVATE -> hosting(question, client);
          case DESK -> desk(question, client);
          case WEB_DESK -> page(question);
          case IDENTITY -> limits.take(client, RequestWeight.SIGN_IN, 1);
          case HEALTH, METRICS, PAGE -> Optional.empty();
        };
    return refused.map(r -> LimitResponses.of(question, r));
  }

  private Optional<ClientLimits.Refused> hosting(HttpRequest question, Client client) {
    if (question.path().equals(PUBLISH)) {
      return limits.take(client, RequestWeight.PUBLISH, 1);
    }
    return question.path().startsWith(PRIVATE_API)
        ? limits.take(client, RequestWeight.DESK, ServerBudgets.EXPENSIVE_QUERY)
        : limits.take(client, RequestWeight.READ, 1);
  }

  private Optional<ClientLimits.Refused> desk(HttpRequest question, Client client) {
    Operation<?, ?> operation = DeskHandler.operation(question).orElse(null);
    boolean anonymous = client.token().isEmpty();
    int units = operation == null ? ServerBudgets.QUERY : DeskBudget.units(operation);
    // Operations of administrators are free for them alone.
    return limits.takeOperation(
        client,
        anonymous ? Math.max(units, ServerBudgets.QUERY) : units,
        anonymous && RequestOperations.SUBMIT.equals(operation));
  }

  /// Takes the units of a step of a sign-in, by address: who signs in is not known yet. Other pages
  /// of the desk take those of the operations that they call.
  private Optional<ClientLimits.Refused> page(HttpRequest question) {
    String path = question.path();
    boolean signsIn = path.startsWith(SIGN_IN + "/") || (path.equals(SIGN_IN) && !question.reads());
    return limits.take(question.client(), RequestWeight.SIGN_IN, signsIn ? 1 : 0);
  }

  /// Returns the response to a request after its handler: the handler's own, or a refusal. A
  /// request that was not served for lack of a permit for upstream is refused, and so is one more
  /// token that is not valid.
  HttpResponse after(
      HttpRequest question, Authenticator.Caller visitor, RequestLimit limit, HttpResponse answer) {
    Optional<ClientLimits.Refused> refused =
        switch (answer.status()) {
          case UNAVAILABLE -> limit.refused();
          case UNAUTHENTICATED ->
              limits.take(visitor.client(), RequestWeight.SIGN_IN, visitor.tried() ? 1 : 0);
          default -> Optional.empty();
        };
    return refused.map(r -> LimitResponses.of(question, r)).orElse(answer);
  }
}

package lazaret.mirror.server;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lazaret.mirror.deskapi.DeskApi;
import lazaret.mirror.deskapi.DeskRequest;
import lazaret.mirror.deskapi.DeskResponse;
import lazaret.mirror.deskapi.DeskRoute;
import lazaret.mirror.http.Challenge;
import lazaret.mirror.http.HostNames;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.http.OverloadResponses;
import lazaret.mirror.http.RequestBodies;
import lazaret.mirror.http.RequestBudget;
import lazaret.mirror.http.RouteKind;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.json.JsonWriter;

/// The handler that exposes the desk's API over HTTP. It requires a token in a header, which a
/// browser never adds on its own. The only exceptions are the open routes of an open gate. Foreign
/// origins are always refused, and neither CORS headers nor cookies are sent.
final class DeskHandler {
  private static final String OPENAPI = RouteKind.DESK.prefix() + "openapi.json";

  private final DeskApi api;
  private final TokenService tokens;
  private final HostNames names;
  private final Public open;

  DeskHandler(DeskApi api, TokenService tokens, HostNames names, Public open) {
    this.api = api;
    this.tokens = tokens;
    this.names = names;
    this.open = open;
  }

  /// The part of the desk that needs no scope.
  ///
  /// @param gate whether the gate serves clients without a token
  /// @param openApi the description of the API
  record Public(boolean gate, Bytes openApi) {}

  HttpResponse respond(HttpRequest question, Authenticator.Caller visitor, RequestBudget room) {
    if (foreign(question)) {
      return error(ErrorCode.FORBIDDEN, "the desk refuses requests from pages of another origin");
    }
    if (question.path().equals(Challenge.PATH) && question.method().equals("GET")) {
      return proof(question);
    }
    Optional<Token> token = visitor.token();
    if (token.isEmpty() && open.gate() && !visitor.tried() && isOpen(question)) {
      return asked(question, DeskRequest.anonymous(Instant.EPOCH), room);
    }
    if (token.isEmpty()) {
      return error(
              ErrorCode.UNAUTHENTICATED,
              question
                  .header("authorization")
                  .map(tokens::rejection)
                  .orElse(
                      "the desk needs a token: 'authorization: Bearer lzr_...'; without one an"
                          + " open gate explains its refusals and accepts requests"))
          .with("www-authenticate", "Bearer realm=\"lazaret desk\"");
    }
    if (question.path().equals(OPENAPI) && question.reads()) {
      return HttpResponse.json(200, open.openApi());
    }
    return asked(question, token.get(), room);
  }

  private static boolean isOpen(HttpRequest question) {
    String method = question.method().equals("HEAD") ? "GET" : question.method();
    return DeskRoute.match(method, question.path()).filter(m -> m.route().open()).isPresent();
  }

  /// Answers a challenge. Without TLS, a client sends its token only after that.
  private HttpResponse proof(HttpRequest question) {
    Challenge challenge;
    try {
      challenge = Challenge.parse(question.query());
    } catch (MalformedException e) {
      return error(ErrorCode.MALFORMED_INPUT, String.valueOf(e.getMessage()));
    }
    if (!names.proves(challenge, question.local())) {
      return error(
          ErrorCode.WRONG_HOST,
          "the address of the request is not one of this server; use the address of 'listen' or"
              + " 'public-url'");
    }
    return tokens
        .identified(challenge.token())
        .map(token -> challenge.proof(token.secretHash()))
        .map(
            proof ->
                HttpResponse.json(200, JsonWriter.object(json -> json.put("proof", proof)))
                    .with("cache-control", "no-store"))
        .orElseGet(() -> error(ErrorCode.UNAUTHENTICATED, tokens.rejectionOf(challenge.token())));
  }

  /// Returns whether a browser sent the request from a page of another origin. Other clients send
  /// neither of the two headers.
  private boolean foreign(HttpRequest question) {
    Optional<String> origin = question.header("origin");
    Optional<String> site = question.header("sec-fetch-site");
    return (origin.isPresent() && !names.own(origin.get()))
        || site.filter(s -> !s.equals("same-origin") && !s.equals("none")).isPresent();
  }

  private static HttpResponse unknown(List<String> methods) {
    DeskResponse response =
        DeskResponse.error(
            ErrorCode.UNKNOWN, "the desk has no such path or method; see " + OPENAPI);
    return methods.isEmpty()
        ? HttpResponse.json(response.status(), response.body()).coded("unknown")
        : HttpResponse.json(405, response.body()).with("allow", String.join(", ", methods));
  }

  private HttpResponse asked(HttpRequest question, Token token, RequestBudget room) {
    String method = question.method().equals("HEAD") ? "GET" : question.method();
    DeskRoute.Match match = DeskRoute.match(method, question.path()).orElse(null);
    if (match == null) {
      return unknown(DeskRoute.methods(question.path()));
    }
    DeskRoute route = match.route();
    if (!token.may(route.scope())) {
      return handled(question, token, Bytes.EMPTY);
    }
    if (route.body() == DeskRoute.Body.NONE) {
      return room.query(DeskBudget.units(route))
          ? handled(question, token, Bytes.EMPTY)
          : OverloadResponses.queries(question);
    }
    if (!rightType(question, route.body())) {
      return HttpResponse.json(
          415,
          DeskResponse.error(
                  ErrorCode.MALFORMED_INPUT,
                  "content-type must be application/json, or application/octet-stream for imports")
              .body());
    }
    int multiple = DeskBudget.multiple(route);
    int limit = Math.min(route.body().maxBytes(), room.longestBody(multiple));
    return switch (question.body().read(new RequestBodies.Limits(limit, multiple, room.body()))) {
      case RequestBodies.Read.Whole whole ->
          room.query(DeskBudget.units(route))
              ? handled(question, token, whole.bytes())
              : OverloadResponses.queries(question);
      case RequestBodies.Read.TooLong() ->
          error(ErrorCode.TOO_LARGE, "at most %d bytes are accepted".formatted(limit));
      case RequestBodies.Read.MemoryExhausted() -> OverloadResponses.respond(question, limit);
    };
  }

  private HttpResponse handled(HttpRequest question, Token token, Bytes body) {
    String method = question.method().equals("HEAD") ? "GET" : question.method();
    DeskResponse response =
        api.handle(
            new DeskRequest(
                method,
                question.path(),
                question.query(),
                body,
                token,
                question.client().address()));
    HttpResponse answer =
        HttpResponse.json(response.status(), response.body()).with("cache-control", "no-store");
    Duration retryAfter = response.retryAfter();
    return retryAfter == null ? answer : answer.retryAfter(retryAfter);
  }

  private static boolean rightType(HttpRequest question, DeskRoute.Body body) {
    String type = question.header("content-type").orElse("").split(";", -1)[0].strip();
    return switch (body) {
      case NONE -> true;
      case JSON -> type.equalsIgnoreCase("application/json");
      case BYTES -> type.equalsIgnoreCase("application/octet-stream");
    };
  }

  private static HttpResponse error(ErrorCode code, String detail) {
    DeskResponse response = DeskResponse.error(code, detail);
    return HttpResponse.json(response.status(), response.body())
        .with("cache-control", "no-store")
        .coded(code.code());
  }
}

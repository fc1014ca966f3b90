package lazaret.mirror.server;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lazaret.mirror.http.Challenge;
import lazaret.mirror.http.ErrorResponses;
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
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.desk.api.DeskApi;
import lazaret.vetting.deskapi.Access;
import lazaret.vetting.deskapi.Body;
import lazaret.vetting.deskapi.DeskJson;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Operations;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.RequestParts;
import lazaret.vetting.deskapi.RouteTable;
import lazaret.vetting.deskapi.store.ProofReply;
import lazaret.vetting.gate.store.Token;

/// The handler that exposes the desk's API over HTTP. It requires a token in a header, which a
/// browser never adds on its own. The only exceptions are the open routes of an open gate, and the
/// routes by which a command gets a token. Foreign origins are always refused, and neither CORS
/// headers nor cookies are sent.
final class DeskHandler {
  private static final String OPENAPI = RouteKind.DESK.prefix() + "openapi.json";
  private static final RouteTable ROUTES = new RouteTable(Operations.all());

  /// The longest body of an operation that requires no token on any gate.
  private static final int ANYONE_BYTES = 4_096;

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
    if (isFor(question, Access.ANYONE)) {
      // Not even a valid token has an effect: the reply must not depend on it.
      return call(question, anonymous(question), room);
    }
    Optional<Token> token = visitor.token();
    if (token.isEmpty() && open.gate() && !visitor.tried() && isOpen(question)) {
      return call(question, anonymous(question), room);
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
    return call(question, Caller.of(token.get(), question.client().address()), room);
  }

  private static Caller anonymous(HttpRequest question) {
    return Caller.anonymous(question.client().address());
  }

  private static boolean isFor(HttpRequest question, Access access) {
    return match(question).filter(m -> m.operation().access() == access).isPresent();
  }

  private static boolean isOpen(HttpRequest question) {
    return operation(question).filter(o -> o.access().isOpen()).isPresent();
  }

  /// Returns the operation of a request; empty if its path or method has none.
  static Optional<Operation<?, ?>> operation(HttpRequest question) {
    return match(question).map(RouteTable.Match::operation);
  }

  private static Optional<RouteTable.Match> match(HttpRequest question) {
    String method = question.method().equals("HEAD") ? "GET" : question.method();
    return ROUTES.match(method, question.path());
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
                HttpResponse.json(200, DeskJson.encode(new ProofReply(proof)))
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
    Problem problem =
        new Problem(
            ErrorCode.UNKNOWN,
            "cannot find the operation: expected a path and method of the desk API; see "
                + OPENAPI);
    return methods.isEmpty()
        ? ErrorResponses.of(problem).coded(problem.code().code())
        : ErrorResponses.of(problem, 405).with("allow", String.join(", ", methods));
  }

  private HttpResponse call(HttpRequest question, Caller caller, RequestBudget room) {
    RouteTable.Match match = match(question).orElse(null);
    if (match == null) {
      return unknown(ROUTES.methods(question.path()));
    }
    Operation<?, ?> operation = match.operation();
    Body body = operation.route().body();
    if (!caller.may(operation.access())) {
      return serve(question, match, caller, Bytes.EMPTY);
    }
    if (body == Body.NONE) {
      return room.query(DeskBudget.units(operation))
          ? serve(question, match, caller, Bytes.EMPTY)
          : OverloadResponses.queries(question);
    }
    if (!hasType(question, body)) {
      return ErrorResponses.of(
          new Problem(
              ErrorCode.MALFORMED_INPUT,
              "cannot read the request: expected the content-type " + body.mediaType()),
          415);
    }
    int multiple = DeskBudget.multiple(operation);
    int most = operation.access() == Access.ANYONE ? ANYONE_BYTES : body.maxBytes();
    int limit = Math.min(most, room.longestBody(multiple));
    return switch (question.body().read(new RequestBodies.Limits(limit, multiple, room.body()))) {
      case RequestBodies.Read.Whole whole ->
          room.query(DeskBudget.units(operation))
              ? serve(question, match, caller, whole.bytes())
              : OverloadResponses.queries(question);
      case RequestBodies.Read.TooLong() ->
          error(
              ErrorCode.TOO_LARGE,
              "cannot read the request: expected at most %d bytes".formatted(limit));
      case RequestBodies.Read.MemoryExhausted() -> OverloadResponses.respond(question, limit);
    };
  }

  private HttpResponse serve(
      HttpRequest question, RouteTable.Match match, Caller caller, Bytes body) {
    RequestParts parts = new RequestParts(match.values(), question.query(), body);
    HttpResponse response = response(match.operation(), parts, caller);
    return response.with("cache-control", "no-store");
  }

  private <Q extends Record, R extends Record> HttpResponse response(
      Operation<Q, R> operation, RequestParts parts, Caller caller) {
    Reply<R> reply = api.serve(operation, parts, caller);
    return switch (reply) {
      case Reply.Done<R> done -> {
        try {
          yield HttpResponse.json(operation.route().success(), done.document());
        } catch (MalformedException e) {
          yield ErrorResponses.of(
              new Problem(ErrorCode.MALFORMED_INPUT, String.valueOf(e.getMessage())));
        }
      }
      case Reply.Refused<R> refused -> {
        HttpResponse response = HttpResponse.json(refused.status(), refused.document());
        Duration retryAfter = refused.retryAfter();
        yield retryAfter == null ? response : response.retryAfter(retryAfter);
      }
    };
  }

  private static boolean hasType(HttpRequest question, Body body) {
    String type = question.header("content-type").orElse("").split(";", -1)[0].strip();
    return type.equalsIgnoreCase(body.mediaType());
  }

  private static HttpResponse error(ErrorCode code, String detail) {
    return ErrorResponses.of(new Problem(code, detail))
        .with("cache-control", "no-store")
        .coded(code.code());
  }
}

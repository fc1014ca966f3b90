package lazaret.mirror.workload;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.http.OverloadResponses;
import lazaret.mirror.http.RequestBodies;
import lazaret.mirror.http.RequestBudget;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.json.JsonLimits;
import lazaret.vetting.json.JsonWriter;
import lazaret.vetting.json.RecordCodec;
import lazaret.vetting.json.UnknownFields;

/// The handler of the requests that trusted publishing to crates.io uses. Programs for crates.io
/// can therefore get a token of this gate: PUT or POST of `{"jwt": ...}` responds with `{"token":
/// ...}`, and DELETE with the token as `Authorization: Bearer` revokes it.
///
/// Source: crates.io, *Trusted Publishing*; RFC 3691 of Rust.
public final class TrustedPublishingHandler {
  /// The path of the route.
  public static final String PATH = "/api/v1/trusted_publishing/tokens";

  /// The path of the same route below the private registry.
  public static final String PRIVATE_PATH = "/private" + PATH;

  private static final String JSON = "application/json";
  private static final RecordCodec CODEC =
      RecordCodec.of(
          List.of(),
          new JsonLimits(RequestBodyLimits.MAX_BYTES, 8, 100),
          UnknownFields.IGNORED,
          "the request");

  private final WorkloadTokens tokens;

  /// Creates a handler.
  public TrustedPublishingHandler(WorkloadTokens tokens) {
    this.tokens = tokens;
  }

  /// Responds to a request of any method.
  public HttpResponse respond(HttpRequest request, RequestBudget room) {
    return switch (request.method()) {
      case "PUT", "POST" -> exchange(request, room);
      case "DELETE" -> revoke(request);
      default -> HttpResponse.method("PUT, POST, DELETE");
    };
  }

  private HttpResponse exchange(HttpRequest request, RequestBudget room) {
    if (!RequestBodyLimits.hasType(request, JSON)) {
      return error(415, ErrorCode.MALFORMED_INPUT, "cannot read the request: expected " + JSON);
    }
    return switch (RequestBodyLimits.read(request, room)) {
      case RequestBodies.Read.Whole whole -> exchange(whole.bytes());
      case RequestBodies.Read.TooLong() ->
          error(
              413,
              ErrorCode.TOO_LARGE,
              "cannot read the request: expected at most %d bytes, found more"
                  .formatted(RequestBodyLimits.MAX_BYTES));
      case RequestBodies.Read.MemoryExhausted() ->
          OverloadResponses.respond(request, RequestBodyLimits.MAX_BYTES);
    };
  }

  private HttpResponse exchange(Bytes body) {
    try {
      return respond(
          tokens.issue(CODEC.decode(TrustedPublishingRequest.class, body).jwt(), Set.of()));
    } catch (MalformedException e) {
      return error(400, ErrorCode.MALFORMED_INPUT, String.valueOf(e.getMessage()));
    }
  }

  private static HttpResponse respond(WorkloadTokenOutcome outcome) {
    return switch (outcome) {
      case WorkloadTokenOutcome.Issued issued ->
          HttpResponse.json(
                  200, JsonWriter.object(root -> root.put("token", issued.secret().text())))
              .with("cache-control", "no-store");
      case WorkloadTokenOutcome.Refused(_, String detail) ->
          error(400, ErrorCode.UNAUTHENTICATED, detail);
      case WorkloadTokenOutcome.RoleRefused(String detail) ->
          error(400, ErrorCode.FORBIDDEN, detail);
      case WorkloadTokenOutcome.Unavailable(var retryAfter, var detail) ->
          error(503, ErrorCode.SERVER_UNAVAILABLE, detail).retryAfter(retryAfter);
    };
  }

  private HttpResponse revoke(HttpRequest request) {
    Optional<String> authorization = request.header("authorization");
    if (authorization.isEmpty()) {
      return error(
          401,
          ErrorCode.UNAUTHENTICATED,
          "cannot revoke a token: expected it as authorization, found none");
    }
    return switch (tokens.revoke(authorization.get())) {
      case DONE -> new HttpResponse(204, List.of(), Bytes.EMPTY);
      case MALFORMED ->
          error(
              401,
              ErrorCode.UNAUTHENTICATED,
              "cannot revoke a token: expected Bearer lzr_ and 64 hex digits, found another text");
      case FOREIGN ->
          error(
              403,
              ErrorCode.FORBIDDEN,
              "cannot revoke the token: expected one that was issued to a CI job, found another;"
                  + " use 'vetting-cli token revoke'");
    };
  }

  private static HttpResponse error(int status, ErrorCode code, String detail) {
    return HttpResponse.json(
            status,
            JsonWriter.object(
                root ->
                    root.list("errors", List.of(detail), (out, text) -> out.put("detail", text))))
        .with("cache-control", "no-store")
        .coded(code.code());
  }
}

package lazaret.mirror.workload;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.http.OverloadResponses;
import lazaret.mirror.http.RequestBodies;
import lazaret.mirror.http.RequestBudget;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.json.JsonWriter;

/// The handler of the exchange of a CI job's token for one of this gate. A request needs no other
/// credential. `scope` can name some of the roles that the binding grants.
///
/// Source: RFC 8693 sections 2.1 and 2.2, RFC 6749 section 5.2.
public final class TokenExchangeHandler {
  /// The path of the route.
  public static final String PATH = "/oauth/token";

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
  private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
  private static final List<String> SUBJECT_TYPES =
      List.of("urn:ietf:params:oauth:token-type:jwt", "urn:ietf:params:oauth:token-type:id_token");

  private final WorkloadTokens tokens;

  /// Creates a handler.
  public TokenExchangeHandler(WorkloadTokens tokens) {
    this.tokens = tokens;
  }

  /// A fault of a request.
  ///
  /// @param error the code of RFC 6749 section 5.2
  private record Fault(String error, String detail) {}

  /// Responds to a request of any method.
  public HttpResponse respond(HttpRequest request, RequestBudget room) {
    if (!request.method().equals("POST")) {
      return HttpResponse.method("POST");
    }
    if (!RequestBodyLimits.hasType(request, FORM)) {
      return error(
          400, "invalid_request", "cannot read the request: expected the content-type " + FORM);
    }
    return switch (RequestBodyLimits.read(request, room)) {
      case RequestBodies.Read.Whole whole -> exchange(whole.bytes().text());
      case RequestBodies.Read.TooLong() ->
          error(
              413,
              "invalid_request",
              "cannot read the request: expected at most %d bytes, found more"
                  .formatted(RequestBodyLimits.MAX_BYTES));
      case RequestBodies.Read.MemoryExhausted() ->
          OverloadResponses.respond(request, RequestBodyLimits.MAX_BYTES);
    };
  }

  private HttpResponse exchange(String body) {
    FormParameters form;
    try {
      form = FormParameters.parse(body);
    } catch (MalformedException e) {
      return error(400, "invalid_request", String.valueOf(e.getMessage()));
    }
    Optional<Fault> fault = fault(form);
    if (fault.isPresent()) {
      return error(400, fault.get().error(), fault.get().detail());
    }
    Set<String> roles = new HashSet<>(List.of(form.value("scope").orElse("").split(" ", -1)));
    roles.remove("");
    return respond(tokens.issue(form.value("subject_token").orElse(""), roles));
  }

  private static Optional<Fault> fault(FormParameters form) {
    String grant = form.value("grant_type").orElse("");
    if (grant.isEmpty()) {
      return invalid("expected the parameter grant_type, found none");
    }
    if (!grant.equals(GRANT)) {
      return Optional.of(
          new Fault(
              "unsupported_grant_type", "cannot issue a token: expected grant_type " + GRANT));
    }
    if (form.value("subject_token").isEmpty()) {
      return invalid("expected the parameter subject_token, found none");
    }
    if (form.value("subject_token_type").filter(SUBJECT_TYPES::contains).isEmpty()) {
      return invalid("expected subject_token_type " + String.join(" or ", SUBJECT_TYPES));
    }
    if (form.value("actor_token").isPresent() || form.value("actor_token_type").isPresent()) {
      return invalid("expected no actor_token, found one");
    }
    return form.value("requested_token_type").filter(type -> !type.equals(ACCESS_TOKEN)).isPresent()
        ? invalid("expected requested_token_type " + ACCESS_TOKEN + " or none")
        : Optional.empty();
  }

  private static Optional<Fault> invalid(String detail) {
    return Optional.of(new Fault("invalid_request", "cannot issue a token: " + detail));
  }

  private static HttpResponse respond(WorkloadTokenOutcome outcome) {
    return switch (outcome) {
      case WorkloadTokenOutcome.Issued issued -> issued(issued);
      // RFC 8693 section 2.2.2 requires this code for a subject token that is not acceptable.
      case WorkloadTokenOutcome.Refused(String code, String detail) ->
          error(400, "invalid_request", code + ": " + detail)
              .coded(ErrorCode.UNAUTHENTICATED.code());
      case WorkloadTokenOutcome.RoleRefused(String detail) ->
          error(400, "invalid_scope", detail).coded(ErrorCode.FORBIDDEN.code());
      case WorkloadTokenOutcome.Unavailable(var retryAfter, var detail) ->
          error(503, "temporarily_unavailable", detail)
              .retryAfter(retryAfter)
              .coded(ErrorCode.SERVER_UNAVAILABLE.code());
    };
  }

  private static HttpResponse issued(WorkloadTokenOutcome.Issued issued) {
    return uncached(
        HttpResponse.json(
            200,
            JsonWriter.object(
                root ->
                    root.put("access_token", issued.secret().text())
                        .put("issued_token_type", ACCESS_TOKEN)
                        .put("token_type", "Bearer")
                        .put("expires_in", issued.life().toSeconds())
                        .put("scope", String.join(" ", issued.roles())))));
  }

  private static HttpResponse error(int status, String error, String detail) {
    return uncached(
            HttpResponse.json(
                status,
                JsonWriter.object(
                    root ->
                        root.put("error", error).put("error_description", description(detail)))))
        .coded(ErrorCode.MALFORMED_INPUT.code());
  }

  /// Returns a text of the characters that RFC 6749 section 5.2 permits in a description.
  private static String description(String detail) {
    return detail.replace('"', '\'').replace('\\', '/').replaceAll("[^\\x20-\\x7e]", "?");
  }

  /// Adds the headers of RFC 6749 section 5.1.
  private static HttpResponse uncached(HttpResponse response) {
    return response.with("cache-control", "no-store").with("pragma", "no-cache");
  }
}

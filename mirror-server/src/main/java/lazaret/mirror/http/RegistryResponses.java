package lazaret.mirror.http;

import lazaret.vetting.ErrorCode;
import lazaret.vetting.hosting.api.ApiReply;

/// The responses of the web API of a registry. Errors have the form that cargo prints.
///
/// Source: Cargo reference, *Registry Web API*.
public final class RegistryResponses {
  private RegistryResponses() {}

  /// Returns an error.
  ///
  /// @param detail a sentence; cargo prints it
  public static HttpResponse of(int status, String detail) {
    return of(ApiReply.error(status, detail));
  }

  /// Returns the response of a reply.
  public static HttpResponse of(ApiReply reply) {
    HttpResponse response =
        HttpResponse.json(reply.status(), reply.body()).with("cache-control", "no-store");
    return reply.status() < 400 ? response : response.coded(code(reply.status()).code());
  }

  private static ErrorCode code(int status) {
    return switch (status) {
      case 401 -> ErrorCode.UNAUTHENTICATED;
      case 403 -> ErrorCode.FORBIDDEN;
      case 404 -> ErrorCode.UNKNOWN;
      case 413 -> ErrorCode.TOO_LARGE;
      case 503 -> ErrorCode.SERVER_UNAVAILABLE;
      default -> ErrorCode.MALFORMED_INPUT;
    };
  }
}

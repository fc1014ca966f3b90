package lazaret.mirror.workload;

import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.RequestBodies;
import lazaret.mirror.http.RequestBudget;
import lazaret.signin.workload.WorkloadTokenVerifier;

/// The limits of request bodies with the token of a CI job.
final class RequestBodyLimits {
  /// The longest body, in bytes: a token, and other parameters.
  static final int MAX_BYTES = WorkloadTokenVerifier.MAX_BYTES + (8 << 10);

  /// The bytes of heap that each byte of a body uses.
  private static final int MULTIPLE = 8;

  private RequestBodyLimits() {}

  static RequestBodies.Read read(HttpRequest request, RequestBudget room) {
    int limit = Math.min(MAX_BYTES, room.longestBody(MULTIPLE));
    return request.body().read(new RequestBodies.Limits(limit, MULTIPLE, room.body()));
  }

  /// Returns whether a request names a media type.
  static boolean hasType(HttpRequest request, String mediaType) {
    String type = request.header("content-type").orElse("").split(";", -1)[0].strip();
    return type.equalsIgnoreCase(mediaType);
  }
}

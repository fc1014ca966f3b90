package lazaret.mirror.outbound;

import java.net.http.HttpHeaders;
import java.time.Duration;
import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// The result of one request to upstream.
public sealed interface OutboundResponse {
  /// A response whose status has a meaning for the request.
  ///
  /// @param status neither a redirect nor one of those that are failures
  /// @param body of status 200, or of 206 if a part was requested; empty for others
  record Response(int status, HttpHeaders headers, Bytes body) implements OutboundResponse {
    Response with(Bytes other) {
      return new Response(status, headers, other);
    }
  }

  /// A failed request.
  ///
  /// @param why one clause for a person, without credentials
  /// @param retryAfter the time after which to repeat the request; null if unknown
  record Failure(FailureKind kind, String why, @Nullable Duration retryAfter)
      implements OutboundResponse {
    public Failure(FailureKind kind, String why) {
      this(kind, why, null);
    }
  }
}

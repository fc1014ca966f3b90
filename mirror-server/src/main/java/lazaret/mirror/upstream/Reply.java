package lazaret.mirror.upstream;

import java.net.http.HttpHeaders;
import java.time.Duration;
import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// The result of one request to upstream.
sealed interface Reply {
  /// A response whose status has a meaning for the request.
  ///
  /// @param status neither a redirect nor one of those that are failures
  /// @param body of status 200; empty for others
  record Answer(int status, HttpHeaders headers, Bytes body) implements Reply {
    Answer with(Bytes other) {
      return new Answer(status, headers, other);
    }
  }

  /// A failed request.
  ///
  /// @param why one clause for a person, without credentials
  /// @param retryAfter the time after which to repeat the request; null if unknown
  record Failure(FailureKind kind, String why, @Nullable Duration retryAfter) implements Reply {
    Failure(FailureKind kind, String why) {
      this(kind, why, null);
    }
  }
}

package lazaret.mirror.upstream;

import java.net.http.HttpHeaders;
import java.time.Duration;
import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// What came of one question to upstream.
sealed interface Reply {
  /// Upstream answered the question, with a status that says something about it.
  ///
  /// @param status neither a redirect nor one of those that are failures
  /// @param body of status 200; empty for others
  record Answer(int status, HttpHeaders headers, Bytes body) implements Reply {
    Answer with(Bytes other) {
      return new Answer(status, headers, other);
    }
  }

  /// Nothing was learned.
  ///
  /// @param why one clause for a person, without credentials
  /// @param retryAfter when to ask again; null where nobody said
  record Failure(FailureKind kind, String why, @Nullable Duration retryAfter) implements Reply {
    Failure(FailureKind kind, String why) {
      this(kind, why, null);
    }
  }
}

package lazaret.mirror.http;

import java.util.Optional;
import java.util.function.Function;

/// One HTTP request as the doors see it.
///
/// @param method upper case
/// @param path as sent, not decoded, beginning with `/`
/// @param query as sent, not decoded, without the question mark; empty where there is none
/// @param authority host and port that the client named; empty where it named none
/// @param address the client's IP address; what it writes into `X-Forwarded-For` does not count
/// @param headers finds a header by its lower-case name; values that came apart are joined by
///   commas
/// @param body reads the body up to a limit
/// @param id names the request in the answer and in the log
record Question(
    String method,
    String path,
    String query,
    String authority,
    String address,
    Function<String, Optional<String>> headers,
    Body body,
    String id) {

  /// Reads the body of a request.
  interface Body {
    /// Reads everything.
    ///
    /// @return empty where there is more than the limit
    Optional<byte[]> read(int limit);
  }

  Optional<String> header(String name) {
    return headers.apply(name);
  }

  boolean reads() {
    return method.equals("GET") || method.equals("HEAD");
  }
}

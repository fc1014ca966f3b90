package lazaret.mirror.http;

import io.helidon.http.HeaderName;
import io.helidon.http.Headers;
import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// One request as it came over the wire.
///
/// @param method in capitals
/// @param path as sent, not decoded, beginning with a slash
/// @param query as sent, not decoded, without the question mark; empty where there is none
/// @param headers all header fields; `Host` holds the authority in HTTP/2 too
/// @param address the peer's IP address; what a client writes into `X-Forwarded-For` does not count
/// @param body reads what came with it, once
record Call(String method, String path, String query, Headers headers, String address, Body body) {

  /// Reads a request's body.
  interface Body {
    /// Reads all of it.
    ///
    /// @throws TooLargeException if it is longer than `max` bytes
    Bytes read(int max);
  }

  /// A body that is longer than its limit.
  static final class TooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLargeException(int max) {
      super("the body is longer than " + max + " bytes", null, false, false);
    }
  }

  /// Returns all values of a header field, joined by commas where it came more than once; null
  /// where it did not come.
  @Nullable String header(HeaderName name) {
    if (!headers.contains(name)) {
      return null;
    }
    var field = headers.get(name);
    return field.valueCount() == 1 ? field.get() : field.values();
  }

  /// Tells whether the answer has no body.
  boolean head() {
    return method.equals("HEAD");
  }

  /// Tells whether the method reads and changes nothing.
  boolean reads() {
    return method.equals("GET") || head();
  }
}

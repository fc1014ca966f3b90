package lazaret.web;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import lazaret.vetting.Bytes;

/// A request of a browser to the desk.
///
/// @param method upper case
/// @param path as sent, not decoded, beginning with `/desk/`
/// @param query as sent, not decoded, without the question mark; empty if there is none
/// @param headers finds a header by its lower-case name
/// @param body the body of a form, at most [#MAX_BODY] bytes; empty if there is none
/// @param secure whether the browser regards the connection as secure: HTTPS, or a loopback name
/// @param visitor the person
/// @param desk the operations of the desk API, with the permissions of the visitor
public record WebRequest(
    String method,
    String path,
    String query,
    Function<String, Optional<String>> headers,
    Bytes body,
    boolean secure,
    WebVisitor visitor,
    DeskCalls desk) {
  /// The maximum size of a form, in bytes. The largest contains a lockfile.
  public static final int MAX_BODY = 8 << 20;

  /// Returns the value of a header field.
  public Optional<String> header(String name) {
    return headers.apply(name);
  }

  /// Returns whether the method is GET or HEAD.
  public boolean reads() {
    return method.equals("GET") || method.equals("HEAD");
  }

  /// Returns the cookies of the request.
  public Map<String, String> cookies() {
    return header("cookie").map(WebCookie::parse).orElse(Map.of());
  }
}

package lazaret.mirror.http;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import lazaret.mirror.clients.Client;
import org.jspecify.annotations.Nullable;

/// An HTTP request in the form that handlers use.
///
/// @param method upper case
/// @param path as sent, not decoded, beginning with `/`
/// @param query as sent, not decoded, without the question mark; empty if there is none
/// @param authority host and port that the client named; empty if it named none
/// @param local this end of the connection; null for the unix socket
/// @param client the sender, before its token is checked
/// @param headers finds a header by its lower-case name; values of repeated headers are joined by
///   commas
/// @param body reads the body within limits
/// @param identity returns the request id in the response and in the log, always the same
public record HttpRequest(
    String method,
    String path,
    String query,
    String authority,
    @Nullable InetSocketAddress local,
    Client client,
    Function<String, Optional<String>> headers,
    Body body,
    Supplier<String> identity) {

  /// A reader of a request's body.
  public interface Body {
    /// Reads the whole body into reserved memory.
    RequestBodies.Read read(RequestBodies.Limits limits);
  }

  /// Returns the request id in the response and in the log.
  public String id() {
    return identity.get();
  }

  /// Returns the value of a header field.
  public Optional<String> header(String name) {
    return headers.apply(name);
  }

  /// Returns whether the method is GET or HEAD.
  public boolean reads() {
    return method.equals("GET") || method.equals("HEAD");
  }
}

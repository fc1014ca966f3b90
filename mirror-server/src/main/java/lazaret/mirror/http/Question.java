package lazaret.mirror.http;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Function;
import lazaret.mirror.clients.Client;
import org.jspecify.annotations.Nullable;

/// One HTTP request as the doors see it.
///
/// @param method upper case
/// @param path as sent, not decoded, beginning with `/`
/// @param query as sent, not decoded, without the question mark; empty where there is none
/// @param authority host and port that the client named; empty where it named none
/// @param local this end of the connection; null for the unix socket
/// @param client the sender, before its token is checked
/// @param headers finds a header by its lower-case name; values that came apart are joined by
///   commas
/// @param body reads the body within limits
/// @param id names the request in the answer and in the log
record Question(
    String method,
    String path,
    String query,
    String authority,
    @Nullable InetSocketAddress local,
    Client client,
    Function<String, Optional<String>> headers,
    Body body,
    String id) {

  /// Reads the body of a request.
  interface Body {
    /// Reads everything into reserved memory.
    RequestBodies.Read read(RequestBodies.Limits limits);
  }

  Optional<String> header(String name) {
    return headers.apply(name);
  }

  boolean reads() {
    return method.equals("GET") || method.equals("HEAD");
  }
}

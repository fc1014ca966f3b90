package lazaret.mirror.outbound;

import java.net.URI;
import java.util.Map;
import java.util.function.Function;

/// A request to upstream.
///
/// @param side the origin of the request
/// @param uri its address
/// @param namedBy the source of the address: the index itself, or the `config.json` with its `dl`
/// @param headers in addition to those of every request
/// @param maxBytes the maximum size of a body with status 200 or 206
/// @param check decodes a response with status 200, or turns it into a failure if its body cannot
///   be used
public record OutboundRequest(
    UpstreamOrigin side,
    URI uri,
    URI namedBy,
    Map<String, String> headers,
    long maxBytes,
    Function<OutboundResponse.Response, OutboundResponse> check) {
  public OutboundRequest {
    headers = Map.copyOf(headers);
  }
}

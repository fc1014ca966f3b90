package lazaret.mirror.outbound;

import java.net.URI;
import java.util.Map;
import java.util.function.Function;
import lazaret.vetting.crates.CrateName;
import org.jspecify.annotations.Nullable;

/// A request to upstream.
///
/// @param side the origin of the request
/// @param uri its address
/// @param namedBy the source of the address: the index itself, or the `config.json` with its `dl`
/// @param headers in addition to those of every request
/// @param maxBytes the maximum size of a body with status 200 or 206
/// @param check decodes a response with status 200, or turns it into a failure if its body cannot
///   be used
/// @param subject the crate that it is about, or none
public record OutboundRequest(
    UpstreamOrigin side,
    URI uri,
    URI namedBy,
    Map<String, String> headers,
    long maxBytes,
    Function<OutboundResponse.Response, OutboundResponse> check,
    Subject subject) {
  /// The crate that a request is about.
  ///
  /// @param crate its name; null for files that belong to no crate
  /// @param fixed the part of the address that configuration or upstream wrote, as an address; it
  ///   has no name of a caller in it
  public record Subject(@Nullable CrateName crate, String fixed) {}

  public OutboundRequest {
    headers = Map.copyOf(headers);
  }
}

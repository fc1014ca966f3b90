package lazaret.testkit;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A request that a [ScriptedUpstream] received, recorded before the response.
///
/// @param method method in upper case
/// @param target target as in the request line; through a proxy, the whole address
/// @param headers headers by lower-case name; for a repeated name, the last value
public record RecordedRequest(String method, String target, Map<String, String> headers) {
  /// Copies the headers.
  public RecordedRequest {
    headers = Map.copyOf(headers);
  }

  /// Returns a header by its name in any case, or empty if it was not sent.
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }
}

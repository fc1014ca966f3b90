package lazaret.testkit;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A request that a [ScriptedUpstream] received, recorded before it was answered.
///
/// @param method upper case
/// @param target as it stood in the request line; through a proxy, the whole address
/// @param headers by lower-case name; of a name that comes twice, the last value
public record RecordedRequest(String method, String target, Map<String, String> headers) {
  /// Copies the headers.
  public RecordedRequest {
    headers = Map.copyOf(headers);
  }

  /// Returns a header by its name in any case, or empty where it was not sent.
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }
}

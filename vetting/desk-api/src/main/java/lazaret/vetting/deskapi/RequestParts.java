package lazaret.vetting.deskapi;

import java.util.List;
import lazaret.vetting.Bytes;

/// The parts of an HTTP request that carry the parameters of an operation.
///
/// @param values the values of the path in the order of [Route#names()], percent-encoded
/// @param query the query without the question mark, percent-encoded; empty without one
/// @param body the body; empty without one
public record RequestParts(List<String> values, String query, Bytes body) {
  public RequestParts {
    values = List.copyOf(values);
  }

  /// Returns path and query of the request below [Operations#PREFIX].
  public String target(Route route) {
    return route.target(values) + (query.isEmpty() ? "" : "?" + query);
  }

  /// Names the length of the body alone: it may contain a secret.
  @Override
  public String toString() {
    return "%s?%s, %s".formatted(values, query, body);
  }
}

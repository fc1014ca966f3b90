package lazaret.credential;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request of cargo to a credential provider. Arguments of the configuration are not part of it,
/// because a project may write them.
///
/// Source: Cargo reference, *Credential Provider Protocol*.
///
/// @param kind `get`, `login` or `logout`
/// @param indexUrl the URL of the index of the registry
record CargoRequest(String kind, String indexUrl) {
  private static final double VERSION = 1;

  /// Reads a request.
  ///
  /// @throws CredentialException if the line has another form, or another version than 1
  static CargoRequest parse(String line) {
    Map<String, @Nullable Object> members = JsonLineParser.object(line);
    if (!(members.get("v") instanceof Double version) || version != VERSION) {
      throw new CredentialException(
          "cannot read the request of cargo: expected version 1 of the protocol, found another; use"
              + " the provider with cargo 1.74 or newer");
    }
    if (members.get("kind") instanceof String kind
        && members.get("registry") instanceof Map<?, ?> registry
        && registry.get("index-url") instanceof String url) {
      return new CargoRequest(kind, url);
    }
    throw new CredentialException(
        "cannot read the request of cargo: expected kind and registry with its index-url, found"
            + " another object");
  }
}

package lazaret.conformance.client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An answer of a registry.
///
/// @param status the status
/// @param fields the header fields by lower-case name
/// @param body the bytes
@SuppressWarnings("ArrayRecordComponent") // read at once, never compared
public record RegistryResponse(int status, Map<String, List<String>> fields, byte[] body) {
  /// Returns the body as a text.
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /// Returns the first value of a header field.
  public Optional<String> header(String name) {
    return fields.getOrDefault(name, List.of()).stream().findFirst();
  }

  /// Returns the body as a JSON object; one without fields if it is none.
  public RegistryJson json() {
    return RegistryJson.parse(text()).orElseGet(() -> new RegistryJson(Map.of()));
  }

  /// Returns the first error; empty if there is none.
  public String detail() {
    List<RegistryJson> errors = json().objects("errors");
    return errors.isEmpty() ? "" : errors.getFirst().text("detail");
  }

  /// Returns whether cargo takes the answer as a success.
  public boolean isSuccess() {
    return status == 200 && !json().has("errors");
  }

  /// Returns the answer for a report.
  @Override
  public String toString() {
    String text = text();
    return status + " " + (text.length() > 300 ? text.substring(0, 300) + "..." : text);
  }
}

package lazaret.vetting.trace;

import java.net.URI;
import java.util.Map;

/// The settings of the export of spans.
///
/// @param endpoint the address that receives spans by OTLP over HTTP
/// @param headers header fields of each export, which may be secrets
/// @param percent the share of traces that this program begins and records, 0 to 100
/// @param version the version of this program
public record TraceSettings(
    URI endpoint, Map<String, String> headers, int percent, String version) {
  /// Copies the map.
  public TraceSettings {
    headers = Map.copyOf(headers);
  }

  /// Returns the address alone.
  @Override
  public String toString() {
    return "TraceSettings[" + endpoint + "]";
  }
}

package lazaret.mirror.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The keys under `[traces]`.
final class TraceConfigKeys {
  private TraceConfigKeys() {}

  static final ConfigKey<URI> ENDPOINT =
      new ConfigKey<>(
          "traces.endpoint",
          ConfigValueType.URL,
          null,
          null,
          "Address of a receiver of OpenTelemetry traces (OTLP over HTTP); without a path:"
              + " `/v1/traces`. Needs the module `tracing` on the class path. Without it no spans"
              + " are made. `docs/operating.md`.");
  static final ConfigKey<Path> HEADERS_FILE =
      new ConfigKey<>(
          "traces.headers-file",
          ConfigValueType.PATH,
          null,
          null,
          "File with header fields for the receiver, one `Name: value` a line, such as its token.");
  static final ConfigKey<Integer> PERCENT =
      new ConfigKey<>(
          "traces.percent",
          ConfigValueType.count(0, 100),
          "100",
          null,
          "Share of recorded traces among those that begin here. For requests with a `traceparent`,"
              + " its sender decides.");

  static final List<ConfigKey<?>> ALL = List.of(ENDPOINT, HEADERS_FILE, PERCENT);

  static MirrorConfig.@Nullable Traces settings(ConfigSettings settings) {
    URI endpoint = settings.orNull(ENDPOINT);
    return endpoint == null
        ? null
        : new MirrorConfig.Traces(
            endpoint.getRawPath().length() > 1 ? endpoint : endpoint.resolve("/v1/traces"),
            settings.orNull(HEADERS_FILE),
            settings.value(PERCENT),
            settings.origin(ENDPOINT));
  }

  /// Returns the mistake in the address, or empty if there is none.
  static Optional<String> mistake(ConfigSettings settings) {
    URI endpoint = settings.orNull(ENDPOINT);
    return endpoint == null
            || (endpoint.getRawUserInfo() == null
                && endpoint.getRawQuery() == null
                && endpoint.getRawFragment() == null)
        ? Optional.empty()
        : Optional.of(
            "'traces.endpoint' has user info, a query or a fragment: expected host and path; name"
                + " a file with 'traces.headers-file' for a secret");
  }
}

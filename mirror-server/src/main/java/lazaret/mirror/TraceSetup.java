package lazaret.mirror;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.mirror.config.ConfigException;
import lazaret.mirror.config.ConfigMistake;
import lazaret.mirror.config.ConfigOrigin;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.outbound.HttpClients;
import lazaret.vetting.trace.TraceSettings;
import lazaret.vetting.trace.Tracer;
import org.jspecify.annotations.Nullable;

/// The opening of the tracer that the configuration asks for.
final class TraceSetup {
  private static final int MAX_FIELDS = 16;

  /// A header field (RFC 9110 section 5).
  private static final Pattern FIELD =
      Pattern.compile(
          "([!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}):[ \\t]*([\\x21-\\x7e][\\x20-\\x7e]{0,4095})");

  private static final String ABSENT =
      "'traces.endpoint' needs the module tracing on the class path, and it or a library of it is not there:"
          + " add its jars (docs/operating.md), or remove the key";

  private TraceSetup() {}

  /// Opens the tracer; [Tracer#OFF] if none is configured.
  ///
  /// @throws ConfigException if the file of header fields is malformed, or the program was started
  ///   without the module `tracing` or a part of it
  static Tracer open(MirrorConfig config, String version) {
    MirrorConfig.Traces traces = config.server().observation().traces();
    if (traces == null) {
      return Tracer.OFF;
    }
    Map<String, String> headers = headers(traces.headersFile());
    try {
      Tracer.Factory factory = Tracer.find().orElseThrow(() -> mistake(traces.origin(), ABSENT));
      HttpClients.settle();
      return factory.open(new TraceSettings(traces.endpoint(), headers, traces.percent(), version));
    } catch (ServiceConfigurationError | LinkageError e) {
      throw mistake(traces.origin(), "%s (%s)".formatted(ABSENT, e));
    }
  }

  static Map<String, String> headers(@Nullable Path file) {
    if (file == null) {
      return Map.of();
    }
    Map<String, String> headers = new LinkedHashMap<>();
    try (Stream<String> lines = Files.lines(file, StandardCharsets.US_ASCII)) {
      for (String line : (Iterable<String>) lines.map(String::strip)::iterator) {
        Matcher field = FIELD.matcher(line);
        if (headers.size() == MAX_FIELDS || !(line.isEmpty() || field.matches())) {
          throw malformed(file);
        }
        if (!line.isEmpty()) {
          headers.put(field.group(1), field.group(2));
        }
      }
      return headers;
    } catch (IOException | java.io.UncheckedIOException _) {
      throw malformed(file);
    }
  }

  /// Returns the refusal, which has no text of the file.
  private static ConfigException malformed(Path file) {
    return mistake(
        new ConfigOrigin.File(file, 1, 1),
        "'traces.headers-file' must hold at most %d lines of the form 'Name: value'"
            .formatted(MAX_FIELDS));
  }

  private static ConfigException mistake(ConfigOrigin origin, String text) {
    return new ConfigException(List.of(new ConfigMistake(origin, text)));
  }
}

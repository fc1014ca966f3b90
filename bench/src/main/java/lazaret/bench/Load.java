package lazaret.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Load from the generators wrk and h2load, and the parser of their output.
final class Load {
  private static final Pattern WRK_P99 = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s|m)");
  private static final Pattern WRK_COUNT =
      Pattern.compile("([0-9]+) requests in ([0-9.]+)(ms|s|m)");
  private static final Pattern WRK_RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern WRK_BAD = Pattern.compile("Non-2xx or 3xx responses: ([0-9]+)");
  private static final Pattern WRK_ERRORS =
      Pattern.compile("Socket errors: connect ([0-9]+), read ([0-9]+), write ([0-9]+)");
  private static final Pattern H2_RATE = Pattern.compile("finished in .*?, ([0-9.]+) req/s");
  private static final Pattern H2_COUNT =
      Pattern.compile("requests: .* ([0-9]+) done, ([0-9]+) succeeded");

  private final Path work;

  Load(Path work) {
    this.work = work;
  }

  /// Requests paths in turn over HTTP/1.1 connections that stay open.
  ///
  /// @param header a request header, `Name: value`, or null
  Sample wrk(Server server, List<String> paths, @Nullable String header, Shape shape) {
    Path script = work.resolve("paths.lua");
    write(script, lua(paths, header));
    long before = server.cpuMicros();
    String text =
        Tool.run(
                Duration.ofSeconds(shape.seconds() + 20L),
                List.of(
                    "wrk",
                    "-t1",
                    "-c" + shape.connections(),
                    "-d" + shape.seconds() + "s",
                    "--latency",
                    "-s",
                    script.toString(),
                    server.url()))
            .text();
    long cpu = server.cpuMicros() - before;
    long count = Long.parseLong(find(WRK_COUNT, text, 1));
    Matcher p99 = matcher(WRK_P99, text);
    return new Sample(
        Double.parseDouble(find(WRK_RATE, text, 1)),
        millis(p99.group(1), p99.group(2)),
        (double) cpu / Math.max(1, count),
        wrkFailures(text));
  }

  /// The load of one round.
  ///
  /// @param connections number of open connections
  /// @param seconds duration in seconds
  record Shape(int connections, int seconds) {}

  private static String lua(List<String> paths, @Nullable String header) {
    var out = new StringBuilder("local r = {}\nlocal i = 0\ninit = function()\n");
    if (header != null) {
      int colon = header.indexOf(": ");
      out.append("wrk.headers[").append(quoted(header.substring(0, colon))).append("] = ");
      out.append(quoted(header.substring(colon + 2))).append('\n');
    }
    for (String path : paths) {
      out.append("r[#r + 1] = wrk.format('GET', ").append(quoted(path)).append(")\n");
    }
    return out.append("end\nrequest = function()\ni = i % #r + 1\nreturn r[i]\nend\n").toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private static long wrkFailures(String text) {
    long failures = 0;
    Matcher bad = WRK_BAD.matcher(text);
    if (bad.find()) {
      failures += Long.parseLong(bad.group(1));
    }
    Matcher errors = WRK_ERRORS.matcher(text);
    if (errors.find()) {
      for (int i = 1; i <= errors.groupCount(); i++) {
        failures += Long.parseLong(errors.group(i));
      }
    }
    return failures;
  }

  /// Requests paths in turn over HTTP/2, with 16 streams on each of 4 connections.
  ///
  /// @param headers request headers, `name: value`
  Sample h2load(Server server, List<String> paths, int seconds, String... headers) {
    Path uris = work.resolve("paths.txt");
    Path log = work.resolve("h2load.log");
    write(uris, paths.stream().map(server::at).collect(Collectors.joining("\n", "", "\n")));
    delete(log);
    List<String> command = new ArrayList<>(List.of("h2load", "-t1", "-c4", "-m16", "-D" + seconds));
    Stream.of(headers).forEach(h -> command.addAll(List.of("-H", h)));
    command.addAll(List.of("--log-file=" + log, "-i", uris.toString()));
    long before = server.cpuMicros();
    String text = Tool.run(Duration.ofSeconds(seconds + 20L), command).text();
    long cpu = server.cpuMicros() - before;
    Matcher count = matcher(H2_COUNT, text);
    long done = Long.parseLong(count.group(1));
    return new Sample(
        Double.parseDouble(find(H2_RATE, text, 1)),
        p99(log),
        (double) cpu / Math.max(1, done),
        done - Long.parseLong(count.group(2)));
  }

  /// Returns the 99th percentile from the log of h2load, in milliseconds. Its summary has no
  /// percentiles; the log has each request: start, status, microseconds.
  private static double p99(Path log) {
    try (Stream<String> lines = Files.lines(log)) {
      long[] micros =
          lines.mapToLong(l -> Long.parseLong(l.substring(l.lastIndexOf('\t') + 1))).toArray();
      Arrays.sort(micros);
      return micros.length == 0 ? 0 : micros[(int) (micros.length * 0.99)] / 1e3;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the log of h2load", e);
    }
  }

  private static double millis(String number, String unit) {
    double value = Double.parseDouble(number);
    return switch (unit) {
      case "us" -> value / 1e3;
      case "ms" -> value;
      case "s" -> value * 1e3;
      default -> value * 60e3;
    };
  }

  private static String find(Pattern pattern, String text, int group) {
    return matcher(pattern, text).group(group);
  }

  private static Matcher matcher(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException(
          "no " + pattern + " in what the load generator said:\n" + text);
    }
    return matcher;
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file, e);
    }
  }
}

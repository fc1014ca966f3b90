package lazaret.e2e.harness;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.ScriptedUpstream;

/// A gate of its own over an upstream of its own.
///
/// @param registry what upstream serves; may be changed meanwhile
/// @param upstream serves it and fails by script
/// @param settings how the gate was started
/// @param gate the gate
public record Scene(
    FixtureRegistry registry, ScriptedUpstream upstream, GateSettings settings, GateProcess gate)
    implements AutoCloseable {
  private static final Pattern METHOD = Pattern.compile("\"method\":\"([^\"]*)\"");
  private static final Pattern PATH = Pattern.compile("\"path\":\"([^\"]*)\"");
  private static final Pattern STATUS = Pattern.compile("\"status\":(\\d+)");

  /// Starts both.
  public static Scene of(FixtureRegistry registry) {
    return of(registry, settings -> settings);
  }

  /// Starts both, the gate with other settings.
  public static Scene of(FixtureRegistry registry, UnaryOperator<GateSettings> edit) {
    ScriptedUpstream upstream = ScriptedUpstream.start(registry);
    try {
      GateSettings settings = edit.apply(GateSettings.over(Scratch.folder("data"), upstream));
      return new Scene(registry, upstream, settings, GateProcess.start(settings));
    } catch (RuntimeException | AssertionError e) {
      upstream.close();
      throw e;
    }
  }

  /// Stops the gate and starts it anew over the same store.
  public Scene restarted() {
    if (gate.alive()) {
      gate.stop();
    }
    return new Scene(registry, upstream, settings, GateProcess.start(settings));
  }

  /// Returns a client for the gate.
  public Http http() {
    return gate.http();
  }

  /// Returns what the gate was asked since line `from` of its access log: `GET /index/config.json
  /// 200`.
  public List<String> asked(int from) {
    return gate.accessLog().stream().skip(from).map(Scene::request).toList();
  }

  private static String request(String line) {
    return first(METHOD, line) + " " + first(PATH, line) + " " + first(STATUS, line);
  }

  private static String first(Pattern pattern, String line) {
    Matcher found = pattern.matcher(line);
    return found.find() ? found.group(1) : "?";
  }

  /// Waits until something has come about.
  ///
  /// @throws AssertionError if it has not within a minute
  public static void await(String what, BooleanSupplier come) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!come.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain: " + what);
      }
      try {
        Thread.sleep(Duration.ofMillis(20));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  @Override
  public void close() {
    gate.close();
    upstream.close();
  }
}

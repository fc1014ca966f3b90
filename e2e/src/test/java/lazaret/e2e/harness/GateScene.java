package lazaret.e2e.harness;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.ScriptedUpstream;

/// A gate with its own upstream.
///
/// @param registry the content of upstream, which may be changed at any time
/// @param upstream the scripted server of this content
/// @param settings the settings of the gate
/// @param gate the gate
public record GateScene(
    FixtureRegistry registry, ScriptedUpstream upstream, GateSettings settings, GateProcess gate)
    implements AutoCloseable {
  private static final Pattern METHOD = Pattern.compile("\"method\":\"([^\"]*)\"");
  private static final Pattern PATH = Pattern.compile("\"path\":\"([^\"]*)\"");
  private static final Pattern STATUS = Pattern.compile("\"status\":(\\d+)");

  /// Starts gate and upstream.
  public static GateScene of(FixtureRegistry registry) {
    return of(registry, settings -> settings);
  }

  /// Starts gate and upstream with other settings of the gate.
  public static GateScene of(FixtureRegistry registry, UnaryOperator<GateSettings> edit) {
    ScriptedUpstream upstream = ScriptedUpstream.start(registry);
    try {
      GateSettings settings = edit.apply(GateSettings.over(WorkFolder.folder("data"), upstream));
      return new GateScene(registry, upstream, settings, GateProcess.start(settings));
    } catch (RuntimeException | AssertionError e) {
      upstream.close();
      throw e;
    }
  }

  /// Stops the gate and starts it again with the same store.
  public GateScene restarted() {
    if (gate.alive()) {
      gate.stop();
    }
    return new GateScene(registry, upstream, settings, GateProcess.start(settings));
  }

  /// Returns a client of the gate.
  public HttpProbeClient http() {
    return gate.http();
  }

  /// Returns the requests to the gate since line `from` of its access log, in the form `GET
  /// /index/config.json 200`.
  public List<String> asked(int from) {
    return gate.accessLog().stream().skip(from).map(GateScene::request).toList();
  }

  private static String request(String line) {
    return first(METHOD, line) + " " + first(PATH, line) + " " + first(STATUS, line);
  }

  private static String first(Pattern pattern, String line) {
    Matcher found = pattern.matcher(line);
    return found.find() ? found.group(1) : "?";
  }

  /// Waits for a condition.
  ///
  /// @throws AssertionError if it is not met within a minute
  public static void await(String what, BooleanSupplier come) {
    await(what, Duration.ofMinutes(1), come);
  }

  /// Waits for a condition.
  ///
  /// @param patience the longest wait
  /// @throws AssertionError if it is not met within this time
  public static void await(String what, Duration patience, BooleanSupplier come) {
    long end = System.nanoTime() + patience.toNanos();
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

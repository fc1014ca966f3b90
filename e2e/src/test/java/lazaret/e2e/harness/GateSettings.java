package lazaret.e2e.harness;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lazaret.testkit.ScriptedUpstream;

/// How a gate is started. Not thread-safe.
public final class GateSettings {
  private final Path data;
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> arguments = new ArrayList<>();
  private final List<String> javaOptions = new ArrayList<>();
  private final List<String> wrapper = new ArrayList<>();
  private boolean script;
  private boolean home;

  private GateSettings(Path data) {
    this.data = data;
    // A test's upstream is on this machine: politeness would only cost time.
    set("fetch.requests-per-second", "0");
  }

  /// Starts settings for a gate over a scripted upstream.
  public static GateSettings over(Path data, ScriptedUpstream upstream) {
    return new GateSettings(data).argument("--upstream", "sparse+" + upstream.indexUrl());
  }

  /// Starts settings for a gate over a folder.
  public static GateSettings over(Path data, Path folder) {
    return new GateSettings(data).argument("--upstream", folder.toString());
  }

  /// Starts settings for a gate of a user who names no folder for the store, over a folder.
  ///
  /// @param home the user's home folder
  public static GateSettings atHome(Path home, Path folder) {
    GateSettings settings = over(home.resolve(".local/share/lazaret"), folder);
    settings.home = true;
    settings.environment.put("XDG_DATA_HOME", home.resolve(".local/share").toString());
    return settings;
  }

  /// Sets a key of the configuration through its environment variable.
  public GateSettings set(String key, String value) {
    String name = key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    environment.put("LAZARET_" + name, value);
    return this;
  }

  /// Adds arguments of the command line.
  public GateSettings argument(String... more) {
    arguments.addAll(List.of(more));
    return this;
  }

  /// Stops the gate's clock at a moment.
  public GateSettings clock(Instant moment) {
    javaOptions.removeIf(o -> o.startsWith("-Dlazaret.clock="));
    javaOptions.add("-Dlazaret.clock=" + moment);
    return this;
  }

  /// Adds an option of the JVM.
  GateSettings option(String option) {
    javaOptions.add(option);
    return this;
  }

  /// Makes every index file be confirmed at each request, and a failure be forgotten at once, so
  /// that a test need not wait for either.
  public GateSettings impatient() {
    return set("cache.index-ttl", "0")
        .set("cache.absent-ttl", "0")
        .set("gate.retry-pause", "100ms")
        .set("gate.stale-wait", "2s");
  }

  /// Starts the gate through `bin/mirror-server`, as a user does.
  public GateSettings script() {
    script = true;
    return this;
  }

  /// Sets a variable of the gate's environment.
  public GateSettings variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /// Starts the gate under another program, such as a tracer.
  public GateSettings under(String... program) {
    wrapper.addAll(List.of(program));
    return this;
  }

  /// Returns the folder of the store.
  public Path data() {
    return data;
  }

  boolean wrapped() {
    return !wrapper.isEmpty();
  }

  Map<String, String> environment() {
    Map<String, String> all = new HashMap<>(environment);
    if (script) {
      all.put("LAZARET_JAVA_OPTS", String.join(" ", javaOptions));
    }
    return all;
  }

  List<String> command() {
    List<String> command = new ArrayList<>(wrapper);
    if (script) {
      command.add(Machine.root().resolve("bin/mirror-server").toString());
    } else {
      command.addAll(Machine.java("512m", FastStart.GATE.options()));
      command.addAll(javaOptions);
      command.add("lazaret.mirror.Main");
    }
    if (!home) {
      command.addAll(List.of("--data-dir", data.toString()));
    }
    if (!arguments.contains("--listen")) {
      command.addAll(List.of("--listen", "127.0.0.1:0"));
    }
    command.addAll(arguments);
    return command;
  }
}

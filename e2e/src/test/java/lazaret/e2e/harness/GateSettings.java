package lazaret.e2e.harness;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lazaret.testkit.ScriptedUpstream;
import org.jspecify.annotations.Nullable;

/// The settings of a gate's start. Not thread-safe.
public final class GateSettings {
  private final Path data;
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> arguments = new ArrayList<>();
  private final List<String> javaOptions = new ArrayList<>();
  private final List<String> wrapper = new ArrayList<>();
  private @Nullable Path program;
  private boolean home;

  private GateSettings(Path data, Map<String, String> store) {
    this.data = data;
    environment.putAll(store);
    // The upstream of a test is on this machine, so a limit of requests would only cost time.
    set("fetch.requests-per-second", "0");
  }

  /// Returns the settings of a gate with a scripted upstream.
  public static GateSettings over(Path data, ScriptedUpstream upstream) {
    return over(data, upstream.indexUrl());
  }

  /// Returns the settings of a gate that reaches its upstream at another address.
  ///
  /// @param index the base address of the index, with a slash at its end
  public static GateSettings over(Path data, String index) {
    return new GateSettings(data, SharedStore.variables(data))
        .argument("--upstream", "sparse+" + index);
  }

  /// Returns the settings of a gate with a folder as upstream.
  public static GateSettings over(Path data, Path folder) {
    return new GateSettings(data, SharedStore.variables(data))
        .argument("--upstream", folder.toString());
  }

  /// Returns the settings of a gate of an unpacked release. Its store is in the data folder, with
  /// each engine of the tests.
  ///
  /// @param home the folder that contains `bin/mirror-server`
  public static GateSettings ofRelease(Path home, Path data) {
    GateSettings settings = new GateSettings(data, Map.of());
    settings.program = home.resolve("bin/mirror-server");
    return settings;
  }

  /// Returns the settings of a gate with a folder as upstream, for a user who does not name a data
  /// folder.
  ///
  /// @param home the user's home folder
  public static GateSettings atHome(Path home, Path folder) {
    GateSettings settings = over(home.resolve(".local/share/lazaret"), folder);
    settings.home = true;
    settings.environment.put("XDG_DATA_HOME", home.resolve(".local/share").toString());
    return settings;
  }

  /// Sets a key of the configuration with its environment variable.
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

  /// Makes the gate's clock begin at a given time, also with a store that gates share.
  public GateSettings clock(Instant moment) {
    return begin("lazaret.database-clock", moment).processClock(moment);
  }

  /// Makes the clock of the gate's process begin at a given time. Gates that share a store do not
  /// work by it.
  public GateSettings processClock(Instant moment) {
    return begin("lazaret.clock", moment);
  }

  private GateSettings begin(String property, Instant moment) {
    String option = "-D" + property + "=";
    javaOptions.removeIf(o -> o.startsWith(option));
    javaOptions.add(option + moment);
    return this;
  }

  /// Adds an option of the JVM.
  public GateSettings option(String option) {
    javaOptions.add(option);
    return this;
  }

  /// Makes the gate confirm every index file at each request and forget failures at once, so that
  /// tests need not wait.
  public GateSettings impatient() {
    return set("cache.index-ttl", "0")
        .set("cache.absent-ttl", "0")
        .set("gate.retry-pause", "100ms")
        .set("gate.stale-wait", "2s");
  }

  /// Starts the gate through `bin/mirror-server`, like a user.
  public GateSettings script() {
    program = Machine.root().resolve("bin/mirror-server");
    return this;
  }

  /// Sets a variable of the gate's environment.
  public GateSettings variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /// Starts the gate with another program, such as a tracer.
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
    if (program != null) {
      all.put("LAZARET_JAVA_OPTS", String.join(" ", javaOptions));
    }
    return all;
  }

  List<String> command() {
    List<String> command = new ArrayList<>(wrapper);
    if (program != null) {
      command.add(program.toString());
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

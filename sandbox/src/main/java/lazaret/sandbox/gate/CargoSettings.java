package lazaret.sandbox.gate;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// What cargo is told, so that it takes its crates from the gate through the relay. The same for
/// fetching and for building: cargo's cache is kept by the address of the index.
///
/// None of this is a barrier, the sandbox is. It stands in `CARGO_HOME` and is said again on the
/// command line, because there it goes before the configuration of a project.
public final class CargoSettings {
  /// What the registry is called.
  public static final String REGISTRY = "lazaret";

  private static final String INDEX = "sparse+http://" + SocksHandshake.HOST + "/index/";

  private CargoSettings() {}

  /// Returns the settings, each of the form `key = value`, as `cargo --config` takes it.
  ///
  /// @param folder where the folder of the session is inside
  public static List<String> of(Path folder) {
    return settings(folder).entrySet().stream()
        .map(e -> e.getKey() + " = " + e.getValue())
        .toList();
  }

  /// Returns the text of a `config.toml`.
  ///
  /// @param folder where the folder of the session is inside
  public static String file(Path folder) {
    return String.join("\n", of(folder)) + "\n";
  }

  private static SequencedMap<String, String> settings(Path folder) {
    Path socket = folder.resolve(GateSession.SOCKET);
    return new TreeMap<>(
        Map.of(
            // libcurl's form of a SOCKS proxy behind a unix socket; the name is sent, not resolved.
            "http.proxy",
            quoted("socks5h://localhost" + socket),
            // HTTP/2 would need TLS or an upgrade, and the relay speaks neither.
            "http.multiplexing",
            "false",
            "net.git-fetch-with-cli",
            "false",
            "source.crates-io.replace-with",
            quoted(REGISTRY),
            "registries." + REGISTRY + ".index",
            quoted(INDEX),
            "registry.global-credential-providers",
            "[]",
            // Cargo may clean its cache up by itself: never here, where others may build with it.
            "cache.auto-clean-frequency",
            quoted("never")));
  }

  private static String quoted(String value) {
    return '"' + value + '"';
  }
}

package lazaret.sandbox.relay;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// The configuration of cargo for the relay, which replaces crates.io by the gate. It is the same
/// for fetching and building, because cargo's cache depends on the address of the index.
///
/// Only the sandbox is a protection, not this configuration. It is written to `CARGO_HOME`, and
/// repeated on the command line, which has precedence over the configuration of a project.
public final class CargoRelayConfig {
  /// The name of the registry.
  public static final String REGISTRY = "lazaret";

  private static final String INDEX = "sparse+http://" + SocksHandshake.HOST + "/index/";

  private CargoRelayConfig() {}

  /// Returns the settings in the form `key = value` of `cargo --config`.
  ///
  /// @param folder the path in the sandbox of the folder of the session
  public static List<String> of(Path folder) {
    return settings(folder).entrySet().stream()
        .map(e -> e.getKey() + " = " + e.getValue())
        .toList();
  }

  /// Returns the content of a `config.toml`.
  ///
  /// @param folder the path in the sandbox of the folder of the session
  public static String file(Path folder) {
    return String.join("\n", of(folder)) + "\n";
  }

  private static SequencedMap<String, String> settings(Path folder) {
    Path socket = folder.resolve(RelaySession.SOCKET);
    return new TreeMap<>(
        Map.of(
            // libcurl's notation of a SOCKS proxy at a Unix socket; the host name is sent and not
            // resolved.
            "http.proxy",
            quoted("socks5h://localhost" + socket),
            // HTTP/2 would need TLS or an upgrade; the relay supports neither.
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
            // Disables the automatic cleaning of the cache, which other builds may use at the same
            // time.
            "cache.auto-clean-frequency",
            quoted("never")));
  }

  private static String quoted(String value) {
    return '"' + value + '"';
  }
}

package lazaret.sandbox.relay;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

/// The configuration of cargo for the relay, which replaces crates.io by the gate. It is the same
/// for fetching and building, because cargo's cache depends on the address of the index.
///
/// Only the sandbox is a protection, not this configuration. It is written to `CARGO_HOME`, and
/// repeated on the command line, which has precedence over the configuration of a project.
public final class CargoRelayConfig {
  /// The name of the registry.
  public static final String REGISTRY = "lazaret";

  private static final String PRIVATE_REGISTRY = "lazaret-private";
  private static final String GATE = "sparse+http://" + SocksHandshake.HOST;
  private static final String INDEX = "/index/";

  private CargoRelayConfig() {}

  /// A private registry of the gate, as a project knows it.
  ///
  /// @param name the name in the configuration of cargo, by which manifests name it
  /// @param index the address of its index, which lockfiles have: `sparse+https://../`
  public record PrivateRegistry(String name, String index) {
    /// Checks that both can be written into a configuration.
    ///
    /// @throws IllegalArgumentException if they cannot
    public PrivateRegistry {
      if (!name.matches("[A-Za-z0-9_-]{1,64}")
          || !index.startsWith("sparse+")
          || !index.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\')) {
        throw new IllegalArgumentException(
            "expected the name of a registry, and a sparse index without quotes and spaces");
      }
    }
  }

  /// Returns the settings in the form `key = value` of `cargo --config`.
  ///
  /// @param folder the path in the sandbox of the folder of the session
  public static List<String> of(Path folder) {
    return of(folder, List.of());
  }

  /// Returns the settings with private registries. Their addresses stay, so that a lockfile stays
  /// valid; the relay replaces the source, and the token stays outside.
  ///
  /// @param folder the path in the sandbox of the folder of the session
  /// @param registries the private registries of the gate that a project uses
  public static List<String> of(Path folder, Collection<PrivateRegistry> registries) {
    return settings(folder, registries).entrySet().stream()
        .map(e -> e.getKey() + " = " + e.getValue())
        .toList();
  }

  /// Returns the content of a `config.toml`.
  ///
  /// @param folder the path in the sandbox of the folder of the session
  public static String file(Path folder) {
    return String.join("\n", of(folder)) + "\n";
  }

  private static SequencedMap<String, String> settings(
      Path folder, Collection<PrivateRegistry> registries) {
    SequencedMap<String, String> settings = settings(folder);
    // Cargo refuses two sources with one address.
    Set<String> replaced = new HashSet<>();
    for (PrivateRegistry each : registries) {
      // Its own registries keep their names, whatever a project calls another one.
      settings.putIfAbsent("registries." + each.name() + ".index", quoted(each.index()));
      if (replaced.add(each.index())) {
        String source = "source.private-" + replaced.size();
        settings.put(source + ".registry", quoted(each.index()));
        settings.put(source + ".replace-with", quoted(PRIVATE_REGISTRY));
      }
    }
    if (!replaced.isEmpty()) {
      settings.put(
          "registries." + PRIVATE_REGISTRY + ".index", quoted(GATE + RegistryPath.PRIVATE + INDEX));
    }
    return settings;
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
            quoted(GATE + INDEX),
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

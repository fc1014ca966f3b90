package lazaret.mirror.config;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lazaret.vetting.MalformedException;
import lazaret.vetting.desk.audits.AuditImportOrder;

/// The keys under `[audits]`.
final class AuditConfigKeys {
  private AuditConfigKeys() {}

  static final ConfigKey<List<String>> IMPORTS =
      new ConfigKey<>(
          "audits.imports",
          ConfigValueType.TEXTS,
          "",
          null,
          "Audits to import, each as `NAME=URL` of an `audits.toml`, in addition to those that were"
              + " imported by hand. `docs/audits.md`.");
  static final ConfigKey<Duration> REFRESH =
      new ConfigKey<>(
          "audits.refresh",
          ConfigValueType.DURATION,
          "24h",
          null,
          "Interval between refreshes of audits that have an address; none with `offline`.");

  static final List<ConfigKey<?>> ALL = List.of(IMPORTS, REFRESH);

  static MirrorConfig.Audits plan(ConfigSettings settings) {
    Map<String, URI> imports = new LinkedHashMap<>();
    for (String pair : settings.value(IMPORTS)) {
      int equals = pair.indexOf('=');
      String peer = pair.substring(0, Math.max(equals, 0));
      String address = pair.substring(equals + 1);
      try {
        AuditImportOrder.requirePeer(peer);
        imports.put(peer, address(address));
      } catch (MalformedException | IllegalArgumentException _) {
        throw new ConfigException(
            List.of(
                new ConfigMistake(
                    settings.origin(IMPORTS),
                    "'audits.imports' has '%s': expected NAME=URL, the name of lower-case letters, digits and hyphens"
                        .formatted(ConfigSettings.shown(pair)))));
      }
    }
    return new MirrorConfig.Audits(
        imports, settings.value(REFRESH), !settings.value(ConfigKeys.OFFLINE));
  }

  private static URI address(String text) {
    URI address = URI.create(text);
    if (address.getHost() == null
        || !("https".equals(address.getScheme()) || "http".equals(address.getScheme()))) {
      throw new IllegalArgumentException("no http or https address");
    }
    return address;
  }
}

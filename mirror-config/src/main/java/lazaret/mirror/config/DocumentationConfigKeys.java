package lazaret.mirror.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import lazaret.documentation.DocumentationSettings;
import lazaret.results.ResultSettings;
import lazaret.results.ResultTokenFile;
import lazaret.vetting.MalformedException;
import lazaret.vetting.roles.CratePattern;

/// The keys under `[documentation]` and `[results]`.
final class DocumentationConfigKeys {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  /// The hosts to which a token may be sent without TLS.
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

  private DocumentationConfigKeys() {}

  static final ConfigKey<List<String>> BUILD =
      new ConfigKey<>(
          "documentation.build",
          ConfigValueType.TEXTS,
          "",
          null,
          "Versions whose documentation is built without an order: `private` for private crates,"
              + " `approved` for versions that a person approved, or names of crates, which may"
              + " contain one `*`. Needs `detonation.socket`. `docs/documentation.md`.");
  static final ConfigKey<Integer> PER_DAY =
      new ConfigKey<>(
          "documentation.per-day",
          ConfigValueType.count(0, 10_000),
          "50",
          null,
          "Limit of versions whose documentation is built on one day without an order.");
  static final ConfigKey<URI> PAGES_URL =
      new ConfigKey<>(
          "documentation.public-url",
          ConfigValueType.ORIGIN,
          null,
          null,
          "Scheme, host and port under which documentation is read, and nothing else is. Without"
              + " it: the address of the gate, where pages run in an origin of their own all the"
              + " same.");
  static final ConfigKey<List<String>> SOURCES =
      new ConfigKey<>(
          "results.sources",
          ConfigValueType.TEXTS,
          "",
          null,
          "Gates whose inspection results are used, each as `NAME=URL` with the URL of its"
              + " `/site/results`. Needs `results.keys`. `docs/inspection-results.md`.");
  static final ConfigKey<Path> TOKEN_FILE =
      new ConfigKey<>(
          "results.token-file",
          ConfigValueType.PATH,
          null,
          null,
          "File with a line `NAME TOKEN` for each gate of `results.sources` that needs a token."
              + " Only its owner and group may read it.");
  static final ConfigKey<Path> KEYS =
      new ConfigKey<>(
          "results.keys",
          ConfigValueType.PATH,
          null,
          null,
          "Folder with the public keys (`NAME.pub.json`) whose inspection results are used, besides"
              + " those of the root of bundles.");
  static final ConfigKey<Duration> MAX_AGE =
      new ConfigKey<>(
          "results.max-age",
          ConfigValueType.DURATION,
          "365d",
          null,
          "Time for which an inspection result may be used after it was signed.");
  static final ConfigKey<Integer> VERIFY_PERCENT =
      new ConfigKey<>(
          "results.verify-percent",
          ConfigValueType.count(0, 100),
          "2",
          null,
          "Share of used inspection results that are inspected here as well. A difference revokes"
              + " the key.");
  static final ConfigKey<Duration> REFRESH =
      new ConfigKey<>(
          "results.refresh",
          ConfigValueType.DURATION,
          "10m",
          null,
          "Interval between requests to a gate of `results.sources`; none with `offline`.");
  static final ConfigKey<Path> SIGN_KEY =
      new ConfigKey<>(
          "results.sign-key",
          ConfigValueType.PATH,
          null,
          null,
          "Key file with which this gate signs its inspection results for others. Needs"
              + " `results.passphrase-file`. Without it: none are published.");
  static final ConfigKey<Path> PASSPHRASE_FILE =
      new ConfigKey<>(
          "results.passphrase-file",
          ConfigValueType.PATH,
          null,
          null,
          "File with the passphrase of `results.sign-key` in its first line.");

  /// All keys, in the order of the documentation.
  static final List<ConfigKey<?>> ALL =
      List.of(
          BUILD,
          PER_DAY,
          PAGES_URL,
          SOURCES,
          TOKEN_FILE,
          KEYS,
          MAX_AGE,
          VERIFY_PERCENT,
          REFRESH,
          SIGN_KEY,
          PASSPHRASE_FILE);

  /// Collects the settings of documentation.
  static DocumentationSettings documentation(ConfigSettings settings) {
    return new DocumentationSettings(
        settings.value(BUILD),
        settings.value(PER_DAY),
        settings.orNull(PAGES_URL),
        settings.orNull(DetonationConfigKeys.SOCKET));
  }

  /// Collects the settings of signed inspection results.
  static ResultSettings results(ConfigSettings settings) {
    Path key = settings.orNull(SIGN_KEY);
    Path passphrase = settings.orNull(PASSPHRASE_FILE);
    Map<String, URI> sources = new LinkedHashMap<>();
    if (!settings.value(ConfigKeys.OFFLINE)) {
      for (String pair : settings.value(SOURCES)) {
        sources.put(name(pair), address(pair));
      }
    }
    Path tokens = settings.orNull(TOKEN_FILE);
    return new ResultSettings(
        sources,
        tokens == null ? null : new ResultTokenFile(tokens),
        settings.orNull(KEYS),
        settings.value(MAX_AGE),
        settings.value(VERIFY_PERCENT),
        settings.value(REFRESH),
        key == null || passphrase == null ? null : new ResultSettings.Signer(key, passphrase));
  }

  /// Checks the keys against each other.
  ///
  /// @param mistake receives the key and the text of each mistake
  static void check(ConfigSettings settings, BiConsumer<ConfigKey<?>, String> mistake) {
    for (String word : settings.value(BUILD)) {
      if (!isChoice(word)) {
        mistake.accept(
            BUILD,
            "'documentation.build' has '%s': expected private, approved or names of crates"
                .formatted(ConfigSettings.shown(word)));
      }
    }
    if (!settings.value(BUILD).isEmpty() && settings.orNull(DetonationConfigKeys.SOCKET) == null) {
      mistake.accept(BUILD, "'documentation.build' needs 'detonation.socket'");
    }
    for (String pair : settings.value(SOURCES)) {
      if (!isSource(pair)) {
        mistake.accept(
            SOURCES,
            "'results.sources' has '%s': expected NAME=URL, the name of lower-case letters,"
                    .formatted(ConfigSettings.shown(pair))
                + " digits and hyphens");
      }
    }
    List<String> names =
        settings.value(SOURCES).stream()
            .map(pair -> pair.substring(0, Math.max(0, pair.indexOf('='))))
            .toList();
    if (names.stream().distinct().count() < names.size()) {
      mistake.accept(SOURCES, "'results.sources' has two addresses with the same name");
    }
    tokens(settings, mistake);
    URI gate = settings.orNull(ConfigKeys.PUBLIC_URL);
    URI pages = settings.orNull(PAGES_URL);
    if (gate != null
        && pages != null
        && gate.getAuthority().equalsIgnoreCase(pages.getAuthority())) {
      mistake.accept(
          PAGES_URL, "'documentation.public-url' has the host of 'public-url': name another one");
    }
    if ((settings.orNull(SIGN_KEY) == null) != (settings.orNull(PASSPHRASE_FILE) == null)) {
      mistake.accept(SIGN_KEY, "'results.sign-key' and 'results.passphrase-file' need each other");
    }
  }

  /// Checks the file of tokens, each of which is for one source. A token must not be read on its
  /// way.
  private static void tokens(ConfigSettings settings, BiConsumer<ConfigKey<?>, String> mistake) {
    Path file = settings.orNull(TOKEN_FILE);
    if (file == null) {
      return;
    }
    Set<String> named;
    try {
      named = new ResultTokenFile(file).tokens().keySet();
    } catch (MalformedException e) {
      mistake.accept(TOKEN_FILE, "'results.token-file': " + e.getMessage());
      return;
    }
    Map<String, URI> sources = new LinkedHashMap<>();
    settings.value(SOURCES).stream()
        .filter(DocumentationConfigKeys::isSource)
        .forEach(pair -> sources.put(name(pair), address(pair)));
    for (String name : new TreeSet<>(named)) {
      URI address = sources.get(name);
      if (address == null) {
        mistake.accept(
            TOKEN_FILE,
            "'results.token-file' has a token for '%s', which 'results.sources' does not name"
                .formatted(name));
      } else if (!"https".equals(address.getScheme()) && !LOOPBACK.contains(address.getHost())) {
        mistake.accept(
            TOKEN_FILE,
            "'results.token-file' has a token for '%s', and its address in 'results.sources' has no TLS: expected https"
                .formatted(name));
      }
    }
  }

  private static String name(String pair) {
    return pair.substring(0, pair.indexOf('='));
  }

  private static URI address(String pair) {
    return URI.create(pair.substring(pair.indexOf('=') + 1));
  }

  private static boolean isChoice(String word) {
    if (word.equals(DocumentationSettings.PRIVATE) || word.equals(DocumentationSettings.APPROVED)) {
      return true;
    }
    try {
      CratePattern _ = new CratePattern(word);
      return true;
    } catch (MalformedException _) {
      return false;
    }
  }

  private static boolean isSource(String pair) {
    int equals = pair.indexOf('=');
    if (equals < 0 || !NAME.matcher(pair.substring(0, equals)).matches()) {
      return false;
    }
    try {
      URI address = URI.create(pair.substring(equals + 1));
      return address.getHost() != null
          && address.getRawUserInfo() == null
          && address.getQuery() == null
          && ("https".equals(address.getScheme()) || "http".equals(address.getScheme()));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}

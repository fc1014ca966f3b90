package lazaret.mirror.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import lazaret.vetting.Durations;
import org.jspecify.annotations.Nullable;

/// The checks between keys, and of the files and folders that they name.
final class ConfigChecks {
  private static final long MAX_MEMORY_SIZE = Integer.MAX_VALUE - 16L;

  private final ConfigSettings settings;
  private final List<ConfigMistake> mistakes;

  private ConfigChecks(ConfigSettings settings, List<ConfigMistake> mistakes) {
    this.settings = settings;
    this.mistakes = mistakes;
  }

  static void check(ConfigSettings settings, List<ConfigMistake> mistakes) {
    ConfigChecks checks = new ConfigChecks(settings, mistakes);
    checks.locations();
    checks.pairs();
    checks.sizes();
    checks.durations();
  }

  private void locations() {
    if (settings.orNull(ConfigKeys.DATA_DIR) == null) {
      mistake(ConfigKeys.DATA_DIR, "there is no home folder for the store: name a folder");
    }
    if (!settings.value(ConfigKeys.LISTEN).loopback()
        && settings.orNull(ConfigKeys.PUBLIC_URL) == null) {
      // Without it, the gate could not distinguish its own name from a forged one.
      mistake(
          ConfigKeys.LISTEN,
          "'listen' is '%s', which is not a loopback address: set 'public-url' to the address under which clients reach the gate"
              .formatted(settings.value(ConfigKeys.LISTEN)));
    }
    for (ConfigKey<Path> key :
        List.of(
            ConfigKeys.TLS_CERTIFICATE,
            ConfigKeys.TLS_KEY,
            ConfigKeys.FETCH_CA,
            ConfigKeys.FETCH_TOKEN_FILE,
            WebhookConfigKeys.SECRET_FILE,
            TraceConfigKeys.HEADERS_FILE,
            SignInConfigKeys.SECRET_FILE,
            SignInConfigKeys.CA)) {
      Path path = settings.orNull(key);
      if (path != null && !Files.isReadable(path)) {
        mistake(
            key,
            "'%s' is '%s': there is no such file, or it cannot be read"
                .formatted(key.name(), path));
      }
    }
    if (settings.value(ConfigKeys.UPSTREAM) instanceof UpstreamLocation.Folder(Path root)
        && !Files.isDirectory(root)) {
      mistake(ConfigKeys.UPSTREAM, "'upstream' is '" + root + "': there is no such folder");
    }
  }

  private void pairs() {
    BundleConfigKeys.mistake(settings).ifPresent(text -> mistake(BundleConfigKeys.SCAN, text));
    TraceConfigKeys.mistake(settings).ifPresent(text -> mistake(TraceConfigKeys.ENDPOINT, text));
    SignInConfigKeys.check(settings, this::mistake);
    FollowConfigKeys.check(settings, this::mistake);
    StorageConfigKeys.check(settings, this::mistake);
    PrivateConfigKeys.check(settings, this::mistake);
    ToolchainConfigKeys.check(settings, this::mistake);
    DocumentationConfigKeys.check(settings, this::mistake);
    both(ConfigKeys.TLS_CERTIFICATE, ConfigKeys.TLS_KEY);
    both(ConfigKeys.TLS_KEY, ConfigKeys.TLS_CERTIFICATE);
    if (!settings.value(WebhookConfigKeys.URLS).isEmpty()
        && settings.orNull(WebhookConfigKeys.SECRET_FILE) == null) {
      mistake(
          WebhookConfigKeys.URLS,
          "'webhooks.urls' needs 'webhooks.secret-file' as well: a receiver cannot distinguish an"
              + " unsigned event from a forged one");
    }
    Duration shorter = settings.value(ConfigKeys.COOLDOWN);
    if (settings.value(ConfigKeys.BUILD_COOLDOWN).compareTo(shorter) < 0) {
      mistake(
          ConfigKeys.BUILD_COOLDOWN,
          "'policy.build-cooldown' is %s, shorter than 'policy.cooldown' with %s"
              .formatted(
                  Durations.text(settings.value(ConfigKeys.BUILD_COOLDOWN)),
                  Durations.text(shorter)));
    }
  }

  private void both(ConfigKey<Path> one, ConfigKey<Path> other) {
    if (settings.orNull(one) != null && settings.orNull(other) == null) {
      mistake(one, "'%s' needs '%s' as well".formatted(one.name(), other.name()));
    }
  }

  private void sizes() {
    for (ConfigKey<Long> key : List.of(ConfigKeys.MAX_INDEX, ConfigKeys.MAX_CRATE)) {
      long size = settings.value(key);
      if (size < 1 || size > MAX_MEMORY_SIZE) {
        mistake(key, "'" + key.name() + "' is kept in memory: expected 1 byte to 2 GiB");
      }
    }
    if (settings.value(ConfigKeys.MAX_UNPACKED) < 1) {
      mistake(ConfigKeys.MAX_UNPACKED, "'gate.max-unpacked' must be positive");
    }
    if (settings.value(RetentionConfigKeys.SCRUB_RATE) < 1) {
      mistake(RetentionConfigKeys.SCRUB_RATE, "'retention.scrub-rate' must be positive");
    }
  }

  private void durations() {
    for (ConfigKey<Duration> key :
        List.of(
            ConfigKeys.FETCH_CONNECT_TIMEOUT,
            ConfigKeys.FETCH_TIMEOUT,
            ConfigKeys.SCRUB_INTERVAL,
            ServerConfigKeys.IDLE_TIMEOUT)) {
      if (settings.value(key).isZero()) {
        mistake(key, "'" + key.name() + "' must be longer than 0");
      }
    }
    for (ConfigKey<Duration> key : RetentionConfigKeys.ages()) {
      if (settings.value(key).compareTo(Duration.ofDays(1)) < 0) {
        mistake(key, "'" + key.name() + "' must be at least 1d");
      }
    }
    if (settings.value(ConfigKeys.VETTING_WAIT).compareTo(Duration.ofSeconds(25)) > 0) {
      mistake(
          ConfigKeys.VETTING_WAIT,
          "'gate.vetting-wait' must be at most 25s: cargo gives up at 30 s");
    }
  }

  private void mistake(ConfigKey<?> key, @Nullable String text) {
    mistakes.add(new ConfigMistake(settings.origin(key), text == null ? key.name() : text));
  }
}

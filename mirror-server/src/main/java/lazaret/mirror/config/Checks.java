package lazaret.mirror.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import lazaret.vetting.Durations;
import org.jspecify.annotations.Nullable;

/// The checks between keys, and of the files and folders that they name.
final class Checks {
  private static final long MAX_MEMORY_SIZE = Integer.MAX_VALUE - 16L;

  private final Settings settings;
  private final List<Mistake> mistakes;

  private Checks(Settings settings, List<Mistake> mistakes) {
    this.settings = settings;
    this.mistakes = mistakes;
  }

  static void check(Settings settings, List<Mistake> mistakes) {
    Checks checks = new Checks(settings, mistakes);
    checks.places();
    checks.pairs();
    checks.sizes();
    checks.durations();
  }

  private void places() {
    if (settings.orNull(Keys.DATA_DIR) == null) {
      mistake(Keys.DATA_DIR, "there is no home folder for the store: name a folder");
    }
    if (!settings.value(Keys.LISTEN).loopback() && settings.orNull(Keys.PUBLIC_URL) == null) {
      // Without it, the gate could not distinguish its own name from a forged one.
      mistake(
          Keys.LISTEN,
          "'listen' is '%s', which is not a loopback address: set 'public-url' to the address under which clients reach the gate"
              .formatted(settings.value(Keys.LISTEN)));
    }
    for (Key<Path> key :
        List.of(
            Keys.TLS_CERTIFICATE,
            Keys.TLS_KEY,
            Keys.FETCH_CA,
            Keys.FETCH_TOKEN_FILE,
            WebhookKeys.SECRET_FILE)) {
      Path path = settings.orNull(key);
      if (path != null && !Files.isReadable(path)) {
        mistake(
            key,
            "'%s' is '%s': there is no such file, or it cannot be read"
                .formatted(key.name(), path));
      }
    }
    if (settings.value(Keys.UPSTREAM) instanceof UpstreamPlace.Folder(Path root)
        && !Files.isDirectory(root)) {
      mistake(Keys.UPSTREAM, "'upstream' is '" + root + "': there is no such folder");
    }
  }

  private void pairs() {
    BundleKeys.mistake(settings).ifPresent(text -> mistake(BundleKeys.SCAN, text));
    both(Keys.TLS_CERTIFICATE, Keys.TLS_KEY);
    both(Keys.TLS_KEY, Keys.TLS_CERTIFICATE);
    if (!settings.value(WebhookKeys.URLS).isEmpty()
        && settings.orNull(WebhookKeys.SECRET_FILE) == null) {
      mistake(
          WebhookKeys.URLS,
          "'webhooks.urls' needs 'webhooks.secret-file' as well: a receiver cannot distinguish an unsigned event from a forged one");
    }
    Duration shorter = settings.value(Keys.COOLDOWN);
    if (settings.value(Keys.BUILD_COOLDOWN).compareTo(shorter) < 0) {
      mistake(
          Keys.BUILD_COOLDOWN,
          "'policy.build-cooldown' is %s, shorter than 'policy.cooldown' with %s"
              .formatted(
                  Durations.text(settings.value(Keys.BUILD_COOLDOWN)), Durations.text(shorter)));
    }
  }

  private void both(Key<Path> one, Key<Path> other) {
    if (settings.orNull(one) != null && settings.orNull(other) == null) {
      mistake(one, "'%s' needs '%s' as well".formatted(one.name(), other.name()));
    }
  }

  private void sizes() {
    for (Key<Long> key : List.of(Keys.MAX_INDEX, Keys.MAX_CRATE)) {
      long size = settings.value(key);
      if (size < 1 || size > MAX_MEMORY_SIZE) {
        mistake(key, "'" + key.name() + "' is kept in memory: expected 1 byte to 2 GiB");
      }
    }
    if (settings.value(Keys.MAX_UNPACKED) < 1) {
      mistake(Keys.MAX_UNPACKED, "'gate.max-unpacked' must be positive");
    }
  }

  private void durations() {
    for (Key<Duration> key :
        List.of(
            Keys.FETCH_CONNECT_TIMEOUT,
            Keys.FETCH_TIMEOUT,
            Keys.SCRUB_INTERVAL,
            ServerKeys.IDLE_TIMEOUT)) {
      if (settings.value(key).isZero()) {
        mistake(key, "'" + key.name() + "' must be longer than 0");
      }
    }
    for (Key<Duration> key : RetentionKeys.ages()) {
      if (settings.value(key).compareTo(Duration.ofDays(1)) < 0) {
        mistake(key, "'" + key.name() + "' must be at least 1d");
      }
    }
    if (settings.value(Keys.VETTING_WAIT).compareTo(Duration.ofSeconds(25)) > 0) {
      mistake(Keys.VETTING_WAIT, "'gate.vetting-wait' must be at most 25s: cargo gives up at 30 s");
    }
  }

  private void mistake(Key<?> key, @Nullable String text) {
    mistakes.add(new Mistake(settings.origin(key), text == null ? key.name() : text));
  }
}

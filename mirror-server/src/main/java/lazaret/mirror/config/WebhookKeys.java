package lazaret.mirror.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The keys under `[webhooks]`.
final class WebhookKeys {
  private WebhookKeys() {}

  static final Key<List<String>> URLS =
      new Key<>(
          "webhooks.urls",
          KeyType.URLS,
          "",
          null,
          "Addresses to which events are sent as they happen, each in a signed POST. Needs `webhooks.secret-file`.");
  static final Key<Path> SECRET_FILE =
      new Key<>(
          "webhooks.secret-file",
          KeyType.PATH,
          null,
          null,
          "File with one line of 16 to 4096 characters: the key of the HMAC-SHA-256 that signs each"
              + " event.");
  static final Key<WebhookEvents> EVENTS =
      new Key<>(
          "webhooks.events",
          KeyType.choice(WebhookEvents.class),
          "alarms",
          null,
          "`alarms`: events that a person should look at; `decisions`: also decisions of people; `all`:"
              + " every entry of the ledger.");
  static final Key<List<String>> PRIVATE_HOSTS =
      new Key<>(
          "webhooks.private-hosts",
          KeyType.TEXTS,
          "",
          null,
          "Hosts with private or loopback addresses that events may be sent to.");
  static final Key<Duration> GIVE_UP =
      new Key<>(
          "webhooks.give-up",
          KeyType.DURATION,
          "72h",
          null,
          "Time for which one event is tried again, from its first failure on, before it is skipped with"
              + " an alarm.");

  static final List<Key<?>> ALL = List.of(URLS, SECRET_FILE, EVENTS, PRIVATE_HOSTS, GIVE_UP);
}

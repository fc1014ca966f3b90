package lazaret.mirror.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The keys under `[webhooks]`.
final class WebhookConfigKeys {
  private WebhookConfigKeys() {}

  static final ConfigKey<List<String>> URLS =
      new ConfigKey<>(
          "webhooks.urls",
          ConfigValueType.URLS,
          "",
          null,
          "Addresses to which events are sent as they happen, each in a signed POST. Needs"
              + " `webhooks.secret-file`.");
  static final ConfigKey<Path> SECRET_FILE =
      new ConfigKey<>(
          "webhooks.secret-file",
          ConfigValueType.PATH,
          null,
          null,
          "File with one line of 16 to 4096 characters: the key of the HMAC-SHA-256 that signs each"
              + " event.");
  static final ConfigKey<WebhookEvents> EVENTS =
      new ConfigKey<>(
          "webhooks.events",
          ConfigValueType.choice(WebhookEvents.class),
          "alarms",
          null,
          "`alarms`: events that a person should look at; `decisions`: also decisions of people"
              + " and the requests that they settle; `all`: every entry of the ledger.");
  static final ConfigKey<List<String>> PRIVATE_HOSTS =
      new ConfigKey<>(
          "webhooks.private-hosts",
          ConfigValueType.TEXTS,
          "",
          null,
          "Hosts with private or loopback addresses that events may be sent to.");
  static final ConfigKey<Boolean> PRIVATE_NAMES =
      new ConfigKey<>(
          "webhooks.private-names",
          ConfigValueType.FLAG,
          "true",
          null,
          "Send events with private or reserved names of crates as they are. If false, such an event"
              + " has its kind, time and number alone.");
  static final ConfigKey<Duration> RETRY_FOR =
      new ConfigKey<>(
          "webhooks.retry-for",
          ConfigValueType.DURATION,
          "72h",
          null,
          "Time for which one event is tried again, from its first failure on, before it is skipped"
              + " with an alarm.");

  static final List<ConfigKey<?>> ALL =
      List.of(URLS, SECRET_FILE, EVENTS, PRIVATE_HOSTS, PRIVATE_NAMES, RETRY_FOR);
}

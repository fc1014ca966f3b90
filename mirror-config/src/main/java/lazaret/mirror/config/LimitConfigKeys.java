package lazaret.mirror.config;

import java.util.List;

/// The keys under `[limits]`, the rate limits of clients.
final class LimitConfigKeys {
  private static final int MOST_UNITS = 1_000_000;
  private static final int MOST_BURST = 1_000_000_000;

  /// The units of the most expensive request. A smaller burst would refuse it permanently.
  private static final int LEAST_BURST = 20;

  private static final ConfigKey<Integer> TOKEN_RATE =
      new ConfigKey<>(
          "limits.token-rate",
          ConfigValueType.count(0, MOST_UNITS),
          "2000",
          null,
          "Units a second of one token or signed-in person; 0 means no limit. A request that needs"
              + " upstream takes 10, a query of the desk 5, a query of many crates 10, a sign-in or"
              + " a token that is not valid 20.");
  private static final ConfigKey<Integer> TOKEN_BURST =
      new ConfigKey<>(
          "limits.token-burst",
          ConfigValueType.count(LEAST_BURST, MOST_BURST),
          "400000",
          null,
          "Units that one token or signed-in person may use at once.");
  private static final ConfigKey<Integer> ADDRESS_RATE =
      new ConfigKey<>(
          "limits.address-rate",
          ConfigValueType.count(0, MOST_UNITS),
          "1000",
          null,
          "Units a second of one address without a valid token or session; 0 means no limit. An"
              + " IPv6 client counts by its /64 block.");
  private static final ConfigKey<Integer> ADDRESS_BURST =
      new ConfigKey<>(
          "limits.address-burst",
          ConfigValueType.count(LEAST_BURST, MOST_BURST),
          "200000",
          null,
          "Units that one address may use at once. A cold build of 500 crates takes about 12,000.");
  private static final ConfigKey<Boolean> COUNT_READS =
      new ConfigKey<>(
          "limits.count-reads",
          ConfigValueType.FLAG,
          "false",
          null,
          "`true`: a request for an index file or an artifact that the store answers takes 1 unit."
              + " `false`: it is free.");
  private static final ConfigKey<Integer> SUBMISSIONS =
      new ConfigKey<>(
          "limits.requests-per-hour",
          ConfigValueType.count(0, 100_000),
          "20",
          null,
          "Requests for versions an hour of one address without a token; 0 means no limit.");

  /// All keys, in the order of the documentation.
  static final List<ConfigKey<?>> ALL =
      List.of(TOKEN_RATE, TOKEN_BURST, ADDRESS_RATE, ADDRESS_BURST, COUNT_READS, SUBMISSIONS);

  private LimitConfigKeys() {}

  static MirrorConfig.Limits limits(ConfigSettings settings) {
    return new MirrorConfig.Limits(
        new MirrorConfig.ClientRate(settings.value(TOKEN_RATE), settings.value(TOKEN_BURST)),
        new MirrorConfig.ClientRate(settings.value(ADDRESS_RATE), settings.value(ADDRESS_BURST)),
        settings.value(COUNT_READS),
        settings.value(SUBMISSIONS));
  }
}

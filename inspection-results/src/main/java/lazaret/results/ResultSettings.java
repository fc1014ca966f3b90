package lazaret.results;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The settings of the signed inspection results of a gate.
///
/// @param sources the addresses of other gates whose feeds are used, by name
/// @param tokens the file with the tokens for them; null if they need none
/// @param keys the folder with the public keys whose results are used; null if there is none
/// @param maxAge the time for which a result may be used after its signature
/// @param verifyPercent the share of used results that are inspected here all the same, in percent
/// @param refresh the time between two requests to a feed
/// @param signer the key by which this gate signs its own results; null if it signs none
public record ResultSettings(
    Map<String, URI> sources,
    @Nullable ResultTokenFile tokens,
    @Nullable Path keys,
    Duration maxAge,
    int verifyPercent,
    Duration refresh,
    @Nullable Signer signer) {
  /// The settings of a gate that neither uses nor signs results.
  public static final ResultSettings OFF =
      new ResultSettings(
          Map.of(), null, null, Duration.ofDays(365), 2, Duration.ofMinutes(10), null);

  /// Copies the map.
  public ResultSettings {
    sources = Map.copyOf(sources);
  }

  /// A key file with the file of its passphrase.
  public record Signer(Path key, Path passphrase) {}
}

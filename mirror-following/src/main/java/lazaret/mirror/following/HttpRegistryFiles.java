package lazaret.mirror.following;

import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import lazaret.mirror.outbound.FileClient;
import lazaret.mirror.outbound.FileClient.Fetched;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.vetting.index.Validators;

/// The files of a registry's static host. Feeds are requested with the validators of the last ones.
final class HttpRegistryFiles implements RegistryFiles {
  /// The maximum length of a feed, in bytes. A hundred items have 50 KB.
  private static final long MAX_FEED = 8L << 20;

  private final URI source;
  private final FileClient client;
  private final Map<String, Validators> known = new ConcurrentHashMap<>();

  /// @param source the folder of the files, with a slash at its end
  HttpRegistryFiles(URI source, UpstreamOptions options, Clock clock) {
    this.source = source;
    // The rate is kept by the caller, together with that of other requests.
    this.client =
        new FileClient(source, options.withBudget(new UpstreamOptions.RateLimits(0, 0)), clock);
  }

  @Override
  public Fetched feed(String path) {
    Fetched fetched =
        client.fetch(source.resolve(path), known.getOrDefault(path, Validators.NONE), MAX_FEED);
    if (fetched instanceof Fetched.Received(_, Validators validators, _)) {
      known.put(path, validators);
    }
    return fetched;
  }

  @Override
  public Fetched dump(long from, int length, Validators known) {
    return client.part(source.resolve(DUMP), from, length, known);
  }

  @Override
  public void close() {
    client.close();
  }
}

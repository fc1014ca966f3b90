package lazaret.mirror.outbound;

import java.net.URI;
import java.time.Clock;
import lazaret.vetting.Bytes;
import lazaret.vetting.Secret;
import lazaret.vetting.advisory.feed.FeedReader;
import lazaret.vetting.index.Validators;
import org.jspecify.annotations.Nullable;

/// A client for files of feeds under the same rules as for upstream. Requests are bounded in size
/// and time; redirects may neither leave TLS nor lead to internal hosts. Upstream's credentials are
/// never sent. An HTTP client is made for each file, because feeds are fetched a few times a day.
/// Thread-safe; blocks.
public final class FeedClient {
  private final UpstreamOptions options;
  private final Clock clock;

  /// Creates a client.
  ///
  /// @param options as for upstream; its credentials are left out
  /// @param clock determines the days of the budget
  public FeedClient(UpstreamOptions options, Clock clock) {
    this.options = options;
    this.clock = clock;
  }

  /// The result of a request for a file.
  public sealed interface Fetched {
    /// The file was received.
    record Received(Bytes file, Validators validators) implements Fetched {}

    /// The file is unchanged.
    record NotModified() implements Fetched {}

    /// The request failed.
    ///
    /// @param why in one clause, without credentials
    /// @param silent whether the host did not answer
    record Failed(String why, boolean silent) implements Fetched {}
  }

  /// Fetches a file of at most [FeedReader#MAX_BYTES].
  ///
  /// @param address `http` or `https`, without credentials; its host may be private, because a user
  ///   configured it
  /// @param known the validators of the stored file
  public Fetched fetch(URI address, Validators known) {
    return fetch(address, known, FeedReader.MAX_BYTES);
  }

  /// Fetches a file of a limited size.
  ///
  /// @param address as for [#fetch(URI, Validators)]
  /// @param known the validators of the stored file
  public Fetched fetch(URI address, Validators known, long maxBytes) {
    return fetch(address, known, maxBytes, null);
  }

  /// Fetches a file of a limited size from a host that may need a credential.
  ///
  /// @param address as for [#fetch(URI, Validators)]
  /// @param known the validators of the stored file
  /// @param authorization the value of `Authorization`, which no other origin than that of the
  ///   address receives; null for none
  public Fetched fetch(
      URI address, Validators known, long maxBytes, @Nullable Secret authorization) {
    if (!FileClient.isAddress(address)) {
      return new Fetched.Failed("expected an http or https address without credentials", false);
    }
    try (FileClient client = new FileClient(address, options, clock, authorization)) {
      return switch (client.fetch(address, known, maxBytes, BodyDecoder::checkArtifact)) {
        case FileClient.Fetched.Received(Bytes file, Validators validators, _) ->
            new Fetched.Received(file, validators);
        case FileClient.Fetched.NotModified _ -> new Fetched.NotModified();
        case FileClient.Fetched.Failed(String why, _, boolean silent) ->
            new Fetched.Failed(why, silent);
      };
    }
  }
}

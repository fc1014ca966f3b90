package lazaret.toolchain;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import lazaret.mirror.outbound.FileClient;
import lazaret.mirror.outbound.FileClient.Fetched;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.site.store.SiteFileUpload;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.desk.api.ProblemException;
import lazaret.vetting.index.Validators;
import org.jspecify.annotations.Nullable;

/// Toolchains on a host. Large files are requested in parts, each of which is repeated if it breaks
/// off, so that a part alone is in heap.
public final class HttpToolchainSource implements ToolchainSource {
  /// The size of a part. A broken one is fetched again.
  private static final int PART = 8 << 20;

  /// The largest file of a toolchain is a tenth of this.
  private static final long MAX_FILE = 4L << 30;

  private final URI source;
  private final UpstreamOptions options;
  private final Clock clock;
  private @Nullable FileClient client;

  /// Creates a source without sending a request.
  ///
  /// @param source the folder that contains `dist`, with a slash at its end
  /// @param options as for upstream; its credentials and its budget are left out
  public HttpToolchainSource(URI source, UpstreamOptions options, Clock clock) {
    this.source = source;
    this.options = options.withBudget(new UpstreamOptions.RateLimits(0, 0));
    this.clock = clock;
  }

  /// Returns the client, which is made at its first use: most servers have no toolchains.
  private synchronized FileClient client() {
    FileClient made = client;
    if (made == null) {
      made = new FileClient(source, options, clock);
      client = made;
    }
    return made;
  }

  @Override
  public Bytes document(String path, int maxBytes) {
    return received(path, client().fetch(source.resolve(path), Validators.NONE, maxBytes)).body();
  }

  @Override
  public void copy(String path, SiteFileUpload upload) throws IOException {
    URI address = source.resolve(path);
    long total = 1;
    for (long from = 0; from < total; ) {
      Fetched.Received part = received(path, client().part(address, from, PART, Validators.NONE));
      if (from == 0) {
        total = part.total();
      }
      if (part.total() != total || total > MAX_FILE) {
        throw failed(path, "expected one length of at most %d bytes".formatted(MAX_FILE));
      }
      upload.write(part.body().array(), 0, part.body().length());
      from += part.body().length();
    }
  }

  private static Fetched.Received received(String path, Fetched fetched) {
    return switch (fetched) {
      case Fetched.Received received -> received;
      case Fetched.NotModified _ -> throw failed(path, "its source returned 304");
      case Fetched.Failed failed -> throw failed(path, failed.why());
    };
  }

  private static ProblemException failed(String path, String why) {
    return new ProblemException(
        ErrorCode.UPSTREAM_UNAVAILABLE, "cannot fetch '%s': %s".formatted(path, why));
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
    }
  }
}

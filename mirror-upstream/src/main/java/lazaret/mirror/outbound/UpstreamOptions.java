package lazaret.mirror.outbound;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The options for requests to an upstream. Start from [#DEFAULTS] and replace the parts that
/// differ.
///
/// @param contact an address or page of the operator, for the User-Agent; empty if there is none
///   (the public registry requests one)
/// @param timeouts the time limits
/// @param retries the number of retries and their pauses
/// @param limits the maximum sizes and the maximum number of requests in progress
/// @param budget the maximum rates
/// @param network the way to upstream
/// @param folderTemplate the location of artifacts in a folder: a path below the folder with the
///   markers of `dl`; null tries the known layouts (`FolderLayout`)
/// @param names the check of names in requests; null if no crate is private
public record UpstreamOptions(
    String contact,
    Timeouts timeouts,
    Retries retries,
    Limits limits,
    RateLimits budget,
    Network network,
    @Nullable String folderTemplate,
    @Nullable OutboundNameCheck names) {

  /// The options for the public registry.
  public static final UpstreamOptions DEFAULTS =
      new UpstreamOptions(
          "",
          new Timeouts(
              Duration.ofSeconds(10),
              Duration.ofSeconds(30),
              Duration.ofSeconds(30),
              Duration.ofMinutes(10)),
          new Retries(3, Duration.ofMillis(250), Duration.ofSeconds(5), Duration.ofSeconds(10)),
          new Limits(64L << 20, 256L << 20, 64),
          new RateLimits(100, 100L << 30),
          Network.DIRECT,
          null,
          null);

  /// The time limits. Each must be longer than zero.
  ///
  /// @param connect until a connection is established, and until the budget gives a request its
  ///   turn
  /// @param response until the headers of a response have arrived, connecting included
  /// @param stall the time in which a body must advance by [#MIN_BYTES_PER_SECOND] on average
  /// @param transfer until the whole body has arrived
  public record Timeouts(Duration connect, Duration response, Duration stall, Duration transfer) {
    /// The lowest rate of a body that is accepted.
    public static final int MIN_BYTES_PER_SECOND = 1024;

    /// Checks the durations.
    ///
    /// @throws IllegalArgumentException if one is not longer than zero
    public Timeouts {
      for (Duration timeout : List.of(connect, response, stall, transfer)) {
        if (!timeout.isPositive()) {
          throw new IllegalArgumentException(
              "a timeout of " + timeout + " never lets an answer in");
        }
      }
    }
  }

  /// The retries after a failure that may be temporary: a refused or broken connection, a timeout,
  /// a truncated body, 429 and 5xx. The pause before attempt n is a random part of `base *
  /// 2^(n-1)`, at most `cap`. This full jitter prevents clients that failed together from returning
  /// together.
  ///
  /// @param count attempts after the first; 0 never retries
  /// @param base the longest pause before the second attempt
  /// @param cap the longest pause before any attempt
  /// @param retryAfterCap the longest `Retry-After` that is waited for; a longer one is passed on
  public record Retries(int count, Duration base, Duration cap, Duration retryAfterCap) {
    /// Checks the numbers.
    ///
    /// @throws IllegalArgumentException if one is negative, or there are more than 10 attempts
    public Retries {
      if (count < 0 || count > 10) {
        throw new IllegalArgumentException(count + " retries, expected 0 to 10");
      }
      if (base.isNegative() || cap.isNegative() || retryAfterCap.isNegative()) {
        throw new IllegalArgumentException("a pause between attempts is negative");
      }
    }
  }

  /// The maximum sizes and the maximum number of requests in progress.
  ///
  /// @param maxIndexBytes the maximum size of an index file, after decompression
  /// @param maxArtifactBytes the maximum size of a `.crate`
  /// @param maxConcurrent requests in progress at once
  public record Limits(long maxIndexBytes, long maxArtifactBytes, int maxConcurrent) {
    /// Checks the numbers.
    ///
    /// @throws IllegalArgumentException if one is not positive, or a size does not fit into an
    ///   array
    public Limits {
      if (maxIndexBytes < 1 || maxArtifactBytes < 1 || maxConcurrent < 1) {
        throw new IllegalArgumentException("a limit of zero or less takes nothing at all");
      }
      if (Math.max(maxIndexBytes, maxArtifactBytes) > Integer.MAX_VALUE - 16) {
        throw new IllegalArgumentException("a limit of more than 2 GiB cannot be held in memory");
      }
    }
  }

  /// The budget that limits requests to upstream, regardless of the demand of clients.
  ///
  /// @param requestsPerSecond the sustained rate; a burst of ten seconds' worth is possible,
  ///   because a build requests all of its crates together; 0 sets no limit
  /// @param bytesPerDay bytes received between two midnights UTC; 0 sets no limit
  public record RateLimits(int requestsPerSecond, long bytesPerDay) {
    /// Checks the numbers.
    ///
    /// @throws IllegalArgumentException if one is negative
    public RateLimits {
      if (requestsPerSecond < 0 || bytesPerDay < 0) {
        throw new IllegalArgumentException("a budget is negative");
      }
    }
  }

  /// The way to upstream.
  ///
  /// @param proxy `http://[user:password@]host:port`, or null to connect directly
  /// @param noProxy hosts to reach without the proxy: names, `.domain` for a domain with all below
  ///   it, IP addresses, or `*`
  /// @param authorization the value of `Authorization` for the origin of the index, never sent to
  ///   another origin; null if upstream requires none
  /// @param allowedPrivate private hosts that `dl` and redirects may lead to in addition to the
  ///   index's own: names, IP addresses or blocks (`10.1.0.0/16`)
  /// @param extraCertificates PEM files of authorities to trust in addition to those of the JDK
  /// @param caBundle a PEM file of authorities to trust in place of those of the JDK; null keeps
  ///   these
  public record Network(
      @Nullable URI proxy,
      List<String> noProxy,
      @Nullable String authorization,
      List<String> allowedPrivate,
      List<Path> extraCertificates,
      @Nullable Path caBundle) {
    /// A direct connection, with the authorities of the JDK and without credentials.
    public static final Network DIRECT =
        new Network(null, List.of(), null, List.of(), List.of(), null);

    /// Copies the lists.
    ///
    /// @throws IllegalArgumentException if the credentials are not valid in a header
    public Network {
      if (authorization != null && !authorization.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
        throw new IllegalArgumentException("the credentials for upstream are not printable ASCII");
      }
      noProxy = List.copyOf(noProxy);
      allowedPrivate = List.copyOf(allowedPrivate);
      extraCertificates = List.copyOf(extraCertificates);
    }

    /// Returns a copy with a proxy, except for some hosts.
    public Network withProxy(URI address, List<String> except) {
      return new Network(
          address, except, authorization, allowedPrivate, extraCertificates, caBundle);
    }

    /// Returns a copy with credentials for the origin of the index.
    public Network withAuthorization(String value) {
      return new Network(proxy, noProxy, value, allowedPrivate, extraCertificates, caBundle);
    }

    /// Returns a copy with private hosts that are allowed in addition to the index's own.
    public Network withAllowedPrivate(List<String> hosts) {
      return new Network(proxy, noProxy, authorization, hosts, extraCertificates, caBundle);
    }

    /// Returns a copy with additional authorities.
    public Network withExtraCertificates(List<Path> files) {
      return new Network(proxy, noProxy, authorization, allowedPrivate, files, caBundle);
    }

    /// Returns a copy with the authorities of one file only.
    public Network withCaBundle(Path file) {
      return new Network(proxy, noProxy, authorization, allowedPrivate, extraCertificates, file);
    }

    /// Returns a text without credentials.
    @Override
    public String toString() {
      return "Network[proxy="
          + (proxy == null ? "none" : proxy.getHost() + ":" + proxy.getPort())
          + ", authorization="
          + (authorization == null ? "none" : "set")
          + "]";
    }
  }

  /// Returns a copy with another contact.
  public UpstreamOptions withContact(String value) {
    return new UpstreamOptions(
        value, timeouts, retries, limits, budget, network, folderTemplate, names);
  }

  /// Returns a copy with other timeouts.
  public UpstreamOptions withTimeouts(Timeouts value) {
    return new UpstreamOptions(
        contact, value, retries, limits, budget, network, folderTemplate, names);
  }

  /// Returns a copy with other retries.
  public UpstreamOptions withRetries(Retries value) {
    return new UpstreamOptions(
        contact, timeouts, value, limits, budget, network, folderTemplate, names);
  }

  /// Returns a copy with other limits.
  public UpstreamOptions withLimits(Limits value) {
    return new UpstreamOptions(
        contact, timeouts, retries, value, budget, network, folderTemplate, names);
  }

  /// Returns a copy with another budget.
  public UpstreamOptions withBudget(RateLimits value) {
    return new UpstreamOptions(
        contact, timeouts, retries, limits, value, network, folderTemplate, names);
  }

  /// Returns a copy with another way to upstream.
  public UpstreamOptions withNetwork(Network value) {
    return new UpstreamOptions(
        contact, timeouts, retries, limits, budget, value, folderTemplate, names);
  }

  /// Returns a copy with another template of a folder.
  public UpstreamOptions withFolderTemplate(@Nullable String value) {
    return new UpstreamOptions(contact, timeouts, retries, limits, budget, network, value, names);
  }

  /// Returns a copy with a check of names in requests.
  public UpstreamOptions withNames(OutboundNameCheck value) {
    return new UpstreamOptions(
        contact, timeouts, retries, limits, budget, network, folderTemplate, value);
  }
}

package lazaret.mirror.upstream;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How an upstream is asked. Start from [#DEFAULTS] and replace the parts that differ.
///
/// @param contact an address or page where the operator is reached, for the User-Agent; empty where
///   there is none (the public registry asks for one)
/// @param timeouts how long to wait for what
/// @param retries how often and how soon to ask again
/// @param limits how much to take
/// @param budget how much to ask for
/// @param network how to reach upstream
/// @param folderTemplate where a folder keeps its artefacts: a path below the folder with the
///   markers of `dl`; null tries the layouts that are known ([FolderLayout])
public record UpstreamOptions(
    String contact,
    Timeouts timeouts,
    Retries retries,
    Limits limits,
    Budget budget,
    Network network,
    @Nullable String folderTemplate) {

  /// What suits the public registry.
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
          new Budget(100, 100L << 30),
          Network.DIRECT,
          null);

  /// How long to wait. Each must be longer than zero.
  ///
  /// @param connect until a connection stands, and until the budget gives a request its turn
  /// @param response until the headers of an answer have arrived, connecting included
  /// @param stall the time in which a body must advance by [#MIN_BYTES_PER_SECOND] on average
  /// @param transfer until a body has arrived whole
  public record Timeouts(Duration connect, Duration response, Duration stall, Duration transfer) {
    /// The slowest body that is still waited for.
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

  /// How often and how soon to ask again after a failure that may pass: a refused or broken
  /// connection, a timeout, a body that broke off, 429 and 5xx. The pause before attempt n is a
  /// random part of `base * 2^(n-1)`, at most `cap`: full jitter, so that clients that failed
  /// together do not come back together.
  ///
  /// @param count attempts after the first; 0 never asks again
  /// @param base the longest pause before the second attempt
  /// @param cap the longest pause before any attempt
  /// @param retryAfterCap the longest `Retry-After` that is sat out; a longer one is passed on
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

  /// How much to take.
  ///
  /// @param maxIndexBytes the longest index file, after decompression
  /// @param maxArtefactBytes the longest `.crate`
  /// @param maxConcurrent requests under way at once
  public record Limits(long maxIndexBytes, long maxArtefactBytes, int maxConcurrent) {
    /// Checks the numbers.
    ///
    /// @throws IllegalArgumentException if one is not positive, or a size does not fit into an
    ///   array
    public Limits {
      if (maxIndexBytes < 1 || maxArtefactBytes < 1 || maxConcurrent < 1) {
        throw new IllegalArgumentException("a limit of zero or less takes nothing at all");
      }
      if (Math.max(maxIndexBytes, maxArtefactBytes) > Integer.MAX_VALUE - 16) {
        throw new IllegalArgumentException("a limit of more than 2 GiB cannot be held in memory");
      }
    }
  }

  /// The politeness budget: what upstream is asked for at most, whatever clients want.
  ///
  /// @param requestsPerSecond the lasting rate; ten seconds' worth may come at once, since a build
  ///   asks for all of its crates together; 0 sets no limit
  /// @param bytesPerDay bytes received between two midnights in UTC; 0 sets no limit
  public record Budget(int requestsPerSecond, long bytesPerDay) {
    /// Checks the numbers.
    ///
    /// @throws IllegalArgumentException if one is negative
    public Budget {
      if (requestsPerSecond < 0 || bytesPerDay < 0) {
        throw new IllegalArgumentException("a budget is negative");
      }
    }
  }

  /// How to reach upstream.
  ///
  /// @param proxy `http://[user:password@]host:port`, or null to connect directly
  /// @param noProxy hosts to reach without the proxy: names, `.domain` for a domain with all below
  ///   it, IP addresses, or `*`
  /// @param authorization the value of `Authorization` for the origin of the index, sent nowhere
  ///   else; null where upstream asks for none
  /// @param allowedPrivate private hosts that `dl` and redirects may lead to besides the index's
  ///   own: names, IP addresses or blocks (`10.1.0.0/16`)
  /// @param extraCertificates PEM files of authorities to trust besides those that the JDK trusts
  /// @param caBundle a PEM file of authorities to trust in place of those of the JDK; null keeps
  ///   these
  public record Network(
      @Nullable URI proxy,
      List<String> noProxy,
      @Nullable String authorization,
      List<String> allowedPrivate,
      List<Path> extraCertificates,
      @Nullable Path caBundle) {
    /// Directly, with the authorities of the JDK and without credentials.
    public static final Network DIRECT =
        new Network(null, List.of(), null, List.of(), List.of(), null);

    /// Copies the lists.
    ///
    /// @throws IllegalArgumentException if the credentials cannot stand in a header
    public Network {
      if (authorization != null && !authorization.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
        throw new IllegalArgumentException("the credentials for upstream are not printable ASCII");
      }
      noProxy = List.copyOf(noProxy);
      allowedPrivate = List.copyOf(allowedPrivate);
      extraCertificates = List.copyOf(extraCertificates);
    }

    /// Goes through a proxy, except for some hosts.
    public Network withProxy(URI address, List<String> except) {
      return new Network(
          address, except, authorization, allowedPrivate, extraCertificates, caBundle);
    }

    /// Sends credentials to the origin of the index.
    public Network withAuthorization(String value) {
      return new Network(proxy, noProxy, value, allowedPrivate, extraCertificates, caBundle);
    }

    /// Allows private hosts besides the index's own.
    public Network withAllowedPrivate(List<String> hosts) {
      return new Network(proxy, noProxy, authorization, hosts, extraCertificates, caBundle);
    }

    /// Trusts more authorities.
    public Network withExtraCertificates(List<Path> files) {
      return new Network(proxy, noProxy, authorization, allowedPrivate, files, caBundle);
    }

    /// Trusts the authorities of one file only.
    public Network withCaBundle(Path file) {
      return new Network(proxy, noProxy, authorization, allowedPrivate, extraCertificates, file);
    }

    /// Names no credentials.
    @Override
    public String toString() {
      return "Network[proxy="
          + (proxy == null ? "none" : proxy.getHost() + ":" + proxy.getPort())
          + ", authorization="
          + (authorization == null ? "none" : "set")
          + "]";
    }
  }

  /// Replaces the contact.
  public UpstreamOptions withContact(String value) {
    return new UpstreamOptions(value, timeouts, retries, limits, budget, network, folderTemplate);
  }

  /// Replaces the timeouts.
  public UpstreamOptions withTimeouts(Timeouts value) {
    return new UpstreamOptions(contact, value, retries, limits, budget, network, folderTemplate);
  }

  /// Replaces the retries.
  public UpstreamOptions withRetries(Retries value) {
    return new UpstreamOptions(contact, timeouts, value, limits, budget, network, folderTemplate);
  }

  /// Replaces the limits.
  public UpstreamOptions withLimits(Limits value) {
    return new UpstreamOptions(contact, timeouts, retries, value, budget, network, folderTemplate);
  }

  /// Replaces the budget.
  public UpstreamOptions withBudget(Budget value) {
    return new UpstreamOptions(contact, timeouts, retries, limits, value, network, folderTemplate);
  }

  /// Replaces the network.
  public UpstreamOptions withNetwork(Network value) {
    return new UpstreamOptions(contact, timeouts, retries, limits, budget, value, folderTemplate);
  }

  /// Replaces the template of a folder.
  public UpstreamOptions withFolderTemplate(@Nullable String value) {
    return new UpstreamOptions(contact, timeouts, retries, limits, budget, network, value);
  }
}

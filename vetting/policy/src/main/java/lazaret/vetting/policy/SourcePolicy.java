package lazaret.vetting.policy;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.vetting.lockfile.PackageSource;

/// The policy for lockfile packages from sources outside of the gate. The gate serves none of them;
/// `verify` reports them according to this policy.
///
/// @param registries addresses of other permitted registries
/// @param git addresses of permitted git repositories
/// @param prefixes permitted prefixes of addresses of either kind
/// @param organizations hosts with their first folder, such as `github.com/rust-lang`, whose
///   repositories are permitted
/// @param otherRegistries whether all other registries are permitted
/// @param otherGit whether all other git repositories are permitted
/// @param pinned minimum precision of a git reference
public record SourcePolicy(
    List<String> registries,
    List<String> git,
    List<String> prefixes,
    List<String> organizations,
    boolean otherRegistries,
    boolean otherGit,
    Pin pinned) {
  /// The default: no source outside of the gate is permitted.
  public static final SourcePolicy NONE =
      new SourcePolicy(List.of(), List.of(), List.of(), List.of(), false, false, Pin.ANY);

  private static final Pattern REFERENCE = Pattern.compile("[?&](branch|tag|rev)=");

  /// Copies the lists.
  public SourcePolicy {
    registries = List.copyOf(registries);
    git = List.copyOf(git);
    prefixes = List.copyOf(prefixes);
    organizations = List.copyOf(organizations);
  }

  /// The precision of a git reference, in ascending order.
  public enum Pin {
    /// The default branch.
    ANY,
    /// A branch.
    BRANCH,
    /// A tag.
    TAG,
    /// A commit.
    REV
  }

  /// Returns whether a package may come from a source.
  public boolean allows(PackageSource source) {
    return switch (source) {
      case PackageSource.CratesIo _, PackageSource.Private _, PackageSource.Local _ -> true;
      case PackageSource.OtherRegistry other ->
          otherRegistries || listed(registries, other.url()) || begins(other.url());
      case PackageSource.Git from ->
          pin(from.url()).compareTo(pinned) >= 0
              && (otherGit
                  || listed(git, from.url())
                  || begins(from.url())
                  || ofOrganization(from.url()));
    };
  }

  private static Pin pin(String url) {
    Matcher found = REFERENCE.matcher(url);
    return found.find() ? Pin.valueOf(found.group(1).toUpperCase(Locale.ROOT)) : Pin.ANY;
  }

  private static boolean listed(List<String> allowed, String url) {
    return allowed.stream().map(Location::of).anyMatch(Location.of(url)::equals);
  }

  private boolean begins(String url) {
    return prefixes.stream().map(Location::of).anyMatch(Location.of(url)::isBelow);
  }

  private boolean ofOrganization(String url) {
    Location place = Location.of(url.toLowerCase(Locale.ROOT));
    return organizations.stream()
        .map(o -> Location.of("https://" + o.toLowerCase(Locale.ROOT)))
        .anyMatch(place::isBelow);
  }

  /// The host and path of an address, as cargo-deny compares them. Scheme, reference and `.git` are
  /// ignored.
  private record Location(String host, String path) {
    static Location of(String url) {
      int plus = url.indexOf('+');
      String bare = plus >= 0 && plus < url.indexOf(':') ? url.substring(plus + 1) : url;
      try {
        URI uri = URI.create(bare);
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        String path = uri.getPath() == null ? "" : uri.getPath();
        return new Location(host, path.replaceFirst("(\\.git)?/?$", ""));
      } catch (IllegalArgumentException _) {
        return new Location("", bare);
      }
    }

    boolean isBelow(Location other) {
      return host.equals(other.host)
          && (path.equals(other.path) || path.startsWith(other.path + "/"));
    }
  }
}

package lazaret.mirror.http;

import java.util.List;

/// The kinds of paths; the word is a label of metrics.
public enum RouteKind {
  /// Files of the sparse index.
  INDEX("index", "/index/"),
  /// Artifacts.
  DOWNLOAD("download", "/dl/"),
  /// The registries of kept snapshots.
  SNAPSHOTS("snapshots", "/snapshots/"),
  /// The decisions of this gate as a cargo-vet file.
  AUDITS("audits", "/audits/"),
  /// The API of the desk.
  DESK("desk", "/desk/v1/"),
  /// The pages of the desk.
  WEB_DESK("web-desk", "/desk/"),
  /// The exchange of a signed token of another system.
  IDENTITY("identity", "/oauth/"),
  /// The web API of a registry.
  WEB_API("web-api", "/api/v1/"),
  /// The private registry.
  PRIVATE("private", "/private/"),
  /// Toolchains, in the form of rustup.
  TOOLCHAINS("toolchains", "/toolchains/"),
  /// Other files of the site.
  SITE("site", "/site/"),
  /// The documentation of versions.
  DOCUMENTATION("documentation", "/documentation/"),
  /// The health and the probes of a service manager.
  HEALTH("health", "/health"),
  /// The metrics; this path alone.
  METRICS("metrics", "/metrics"),
  /// Everything else.
  PAGE("page", "/");

  /// The exchange of a signed token at the path of crates.io, below the web API of a registry.
  private static final String TRUSTED_PUBLISHING = "/api/v1/trusted_publishing/";

  private static final String PRIVATE_TRUSTED_PUBLISHING = "/private/api/v1/trusted_publishing/";

  private static final List<RouteKind> ALL = List.of(values());

  private final String label;
  private final String prefix;

  RouteKind(String label, String prefix) {
    this.label = label;
    this.prefix = prefix;
  }

  /// Returns the beginning of all paths of this kind.
  public String prefix() {
    return prefix;
  }

  /// Returns the kind of a path.
  public static RouteKind of(String path) {
    if (path.startsWith(TRUSTED_PUBLISHING) || path.startsWith(PRIVATE_TRUSTED_PUBLISHING)) {
      return IDENTITY;
    }
    for (RouteKind route : ALL) {
      if (route == METRICS ? path.equals(route.prefix) : path.startsWith(route.prefix)) {
        return route;
      }
    }
    return PAGE;
  }

  /// Returns whether a path is one of the web API of the private registry, whose errors cargo reads
  /// as JSON. It prints those of the index and of downloads as they are.
  public static boolean isPrivateApi(String path) {
    return path.startsWith("/private/api/");
  }

  /// Returns the label in metrics.
  public String label() {
    return label;
  }
}

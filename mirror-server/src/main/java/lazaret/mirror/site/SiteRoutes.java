package lazaret.mirror.site;

/// The handlers of what a site serves in addition to public crates.
///
/// @param hosting the private registry; it checks tokens itself
/// @param toolchains toolchains in the form of rustup, for GET and HEAD; it checks tokens itself
/// @param files other files of the site, after the check that the sender is a reader
/// @param documentation pages of documentation, for GET and HEAD; it checks tokens itself
public record SiteRoutes(
    RouteHandler hosting, RouteHandler toolchains, RouteHandler files, RouteHandler documentation) {
  /// The handlers of a server that serves public crates alone.
  public static final SiteRoutes NONE =
      new SiteRoutes(
          RouteHandler.none("private registry"),
          RouteHandler.none("toolchains"),
          RouteHandler.none("files of a site"),
          RouteHandler.none("documentation"));

  /// Returns these handlers with another one for the private registry.
  public SiteRoutes withHosting(RouteHandler handler) {
    return new SiteRoutes(handler, toolchains, files, documentation);
  }

  /// Returns these handlers with another one for toolchains.
  public SiteRoutes withToolchains(RouteHandler handler) {
    return new SiteRoutes(hosting, handler, files, documentation);
  }

  /// Returns these handlers with another one for files.
  public SiteRoutes withFiles(RouteHandler handler) {
    return new SiteRoutes(hosting, toolchains, handler, documentation);
  }

  /// Returns these handlers with another one for documentation.
  public SiteRoutes withDocumentation(RouteHandler handler) {
    return new SiteRoutes(hosting, toolchains, files, handler);
  }
}

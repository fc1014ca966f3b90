package lazaret.mirror;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.following.FollowService;
import lazaret.mirror.http.HostNames;
import lazaret.mirror.signin.IdentityContext;
import lazaret.mirror.site.ResultFeedHandler;
import lazaret.mirror.site.SiteFileHandler;
import lazaret.mirror.site.SiteRoutes;
import lazaret.site.BundledCollection;
import lazaret.site.SiteBundles;
import lazaret.site.SiteFileService;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.api.DeskApi;
import lazaret.vetting.desk.api.HandlerSource;
import lazaret.vetting.desk.snapshots.BundleService;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.store.Leader;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.hosting.names.PrivateNameAlarm;
import lazaret.vetting.hosting.names.StoredNameOrigins;
import lazaret.vetting.trace.Tracer;

/// The services of a site in addition to public crates, with their handlers and their work in the
/// background.
final class SiteParts implements AutoCloseable {
  private final Around around;
  private final SiteFileSetup files;
  private final HostingSetup hosting;
  private final PrivateNameTask comparing;
  private final ToolchainSetup toolchains;
  private final DocumentationSetup documentation;

  private SiteParts(Around around, SiteFileSetup files) {
    this.around = around;
    this.files = files;
    this.hosting = new HostingSetup(around);
    this.comparing = PrivateNameTask.of(around, hosting);
    this.toolchains = new ToolchainSetup(around, files.files());
    this.documentation = new DocumentationSetup(around, files.files());
  }

  /// The parts on which these rest.
  ///
  /// @param outside the clients for requests to other machines
  record Around(
      MirrorConfig config,
      GateContext parts,
      Gate gate,
      Desk desk,
      IdentityContext identities,
      Names names,
      FollowService following,
      OutsideClients outside) {}

  /// The origins of names, and the alarms about private ones.
  record Names(StoredNameOrigins origins, PrivateNameAlarm alarm) {}

  /// Builds the parts. Nothing is in the background before [#start].
  ///
  /// @throws StoreException `store-failed` if the folder of files cannot be read
  static SiteParts open(Around around) {
    return new SiteParts(around, SiteFileSetup.open(around));
  }

  /// Returns the files of the site.
  SiteFileService files() {
    return files.files();
  }

  /// Gives the files to the service of bundles, if it carries them.
  void connect(BundleService bundles) {
    if (bundles instanceof SiteBundles site) {
      site.use(
          files(),
          collections(),
          new SiteBundles.Names(
              name -> around.parts().upstream().origin(name), around.names().origins()::add));
    }
  }

  /// Returns what bundles carry of each collection in addition to its files.
  private List<BundledCollection> collections() {
    List<BundledCollection> collections = new ArrayList<>(toolchains.collections());
    collections.addAll(documentation.collections());
    return List.copyOf(collections);
  }

  /// Returns the operations of the desk.
  ///
  /// @param desk the API that shows long operations
  /// @param origin the scheme, host and port under which people reach the gate
  List<HandlerSource> handlers(Supplier<DeskApi> desk, Supplier<String> origin) {
    List<HandlerSource> handlers = new ArrayList<>();
    handlers.add(files.handlers(desk));
    handlers.addAll(hosting.handlers(documentation.documentation()));
    handlers.addAll(toolchains.handlers());
    handlers.addAll(documentation.handlers(desk, origin));
    return List.copyOf(handlers);
  }

  /// Ends the rights of a person whose account is removed.
  ///
  /// @param by the administrator
  void personRemoved(String person, String by) {
    hosting.removed(person, by);
  }

  /// Returns the handlers of requests.
  ///
  /// @param names the names of the server, which are known when it listens
  SiteRoutes routes(HostNames names) {
    return SiteRoutes.NONE
        .withHosting(hosting.route(names))
        .withToolchains(toolchains.route())
        .withDocumentation(documentation.pages(names))
        .withFiles(
            new SiteFileHandler(files(), Map.of(ResultFeedHandler.PATH, documentation.feed())));
  }

  /// Starts the work in the background.
  ///
  /// @param tracer begins the spans of rounds
  /// @param leader runs what one node of several does
  void start(Tracer tracer, Leader leader) {
    files.start(leader);
    comparing.start(leader);
    toolchains.start(leader);
    documentation.start(tracer, leader);
  }

  @Override
  public void close() {
    comparing.close();
    toolchains.close();
    documentation.close();
    files.close();
  }
}

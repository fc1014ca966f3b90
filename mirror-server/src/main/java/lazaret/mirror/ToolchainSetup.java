package lazaret.mirror;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import lazaret.git.GitPlace;
import lazaret.git.GitSourceCollection;
import lazaret.git.GitSourceHandlers;
import lazaret.git.GitSourceService;
import lazaret.mirror.outbound.ProxyRoute;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.mirror.site.RouteHandler;
import lazaret.mirror.site.ToolchainHandler;
import lazaret.site.BundledCollection;
import lazaret.site.SiteFileService;
import lazaret.site.store.SiteFileUpload;
import lazaret.toolchain.HttpToolchainSource;
import lazaret.toolchain.ToolchainCollection;
import lazaret.toolchain.ToolchainHandlers;
import lazaret.toolchain.ToolchainRefresher;
import lazaret.toolchain.ToolchainService;
import lazaret.toolchain.ToolchainSettings;
import lazaret.toolchain.ToolchainSource;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.desk.api.HandlerSource;
import lazaret.vetting.desk.api.ProblemException;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.store.Leader;

/// The toolchains and the sources from Git of a server.
final class ToolchainSetup implements AutoCloseable {
  /// The folder in which repositories are fetched.
  private static final String GIT = "git-work";

  private final SiteParts.Around around;
  private final SiteFileService files;
  private final ToolchainSource source;
  private final ToolchainService toolchains;
  private final ToolchainRefresher refresher;
  private final GitSourceService gitSources;

  /// The source of a server that sends no requests.
  private static final class OfflineSource implements ToolchainSource {
    @Override
    public Bytes document(String path, int maxBytes) {
      throw new ProblemException(
          ErrorCode.UPSTREAM_UNAVAILABLE,
          "cannot fetch '%s': this server is offline; import toolchains with a bundle"
              .formatted(path));
    }

    @Override
    public void copy(String path, SiteFileUpload upload) {
      var _ = document(path, 0);
    }

    @Override
    public void close() {}
  }

  ToolchainSetup(SiteParts.Around around, SiteFileService files) {
    this.around = around;
    this.files = files;
    UpstreamOptions outside = around.outside().options();
    ToolchainSettings settings = around.config().site().toolchains();
    GateContext parts = around.parts();
    this.source =
        around.config().fetch().offline()
            ? new OfflineSource()
            : new HttpToolchainSource(settings.source(), outside, parts.clock());
    this.toolchains =
        new ToolchainService(parts.store(), files, source, settings::keys, parts.clock());
    this.refresher = new ToolchainRefresher(toolchains, settings.channels(), parts.clock());
    UpstreamOptions.Network network = outside.network();
    this.gitSources =
        new GitSourceService(
            parts,
            files,
            around.config().site().gitSources(),
            new GitPlace(
                GitPlace.PROGRAM,
                around.config().dataDir().resolve(GIT),
                proxy(network),
                authorities(network)));
  }

  /// Returns the choice of the proxy for a host.
  private static Function<String, Optional<URI>> proxy(UpstreamOptions.Network network) {
    URI address = network.proxy();
    if (address == null) {
      return _ -> Optional.empty();
    }
    ProxyRoute route = new ProxyRoute(address, network.noProxy());
    Optional<URI> through = Optional.of(address);
    return host -> route.goesThrough(host) ? through : Optional.empty();
  }

  /// Returns the files of authorities for git, which reads them in place of those of the system.
  private static List<Path> authorities(UpstreamOptions.Network network) {
    List<Path> files = new ArrayList<>(network.extraCertificates());
    Path bundle = network.caBundle();
    if (bundle != null) {
      files.addFirst(bundle);
    } else if (!files.isEmpty() && Files.isRegularFile(GitPlace.SYSTEM_AUTHORITIES)) {
      files.addFirst(GitPlace.SYSTEM_AUTHORITIES);
    }
    return files;
  }

  /// Returns what bundles carry in addition to the files of toolchains and of trees.
  List<BundledCollection> collections() {
    GateContext parts = around.parts();
    return List.of(
        new ToolchainCollection(toolchains, parts.clock()),
        new GitSourceCollection(parts.store(), gitSources));
  }

  /// Returns the operations of the desk.
  List<HandlerSource> handlers() {
    return List.of(new ToolchainHandlers(toolchains, refresher), new GitSourceHandlers(gitSources));
  }

  /// Returns the handler of requests.
  RouteHandler route() {
    return new ToolchainHandler(
        files, around.config().site().toolchains().open(), around.desk().tokens()::authenticate);
  }

  /// Starts the work in the background.
  ///
  /// @param leader runs what one node of several does
  void start(Leader leader) {
    refresher.start(leader);
  }

  @Override
  public void close() {
    refresher.close();
    source.close();
  }
}

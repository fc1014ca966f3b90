package lazaret.mirror;

import java.util.List;
import java.util.function.Supplier;
import lazaret.documentation.DocumentationCollection;
import lazaret.documentation.DocumentationHandlers;
import lazaret.documentation.DocumentationService;
import lazaret.documentation.DocumentationSettings;
import lazaret.documentation.DocumentationTask;
import lazaret.mirror.feeds.HttpResultRefresher;
import lazaret.mirror.http.HostNames;
import lazaret.mirror.site.DocumentationHandler;
import lazaret.mirror.site.PageOrigin;
import lazaret.mirror.site.ResultFeedHandler;
import lazaret.mirror.site.RouteHandler;
import lazaret.results.ResultCollection;
import lazaret.results.ResultGate;
import lazaret.results.ResultHandlers;
import lazaret.results.ResultService;
import lazaret.results.ResultSettings;
import lazaret.site.BundledCollection;
import lazaret.site.SiteFileService;
import lazaret.vetting.desk.api.DeskApi;
import lazaret.vetting.desk.api.HandlerSource;
import lazaret.vetting.gate.store.Leader;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.trace.Tracer;

/// The documentation of versions, and the inspection results of a server.
final class DocumentationSetup implements AutoCloseable {
  /// The folder of pages that are being received.
  private static final String PAGES = "documentation";

  private final SiteParts.Around around;
  private final DocumentationService documentation;
  private final DocumentationTask builds;
  private final ResultService results;
  private final HttpResultRefresher resultRefresh;

  DocumentationSetup(SiteParts.Around around, SiteFileService files) {
    this.around = around;
    DocumentationSettings pages = around.config().site().documentation();
    this.documentation =
        new DocumentationService(
            around.parts(),
            around.gate(),
            files,
            around.config().dataDir().resolve(PAGES),
            pages.sandbox());
    this.builds = new DocumentationTask(documentation, around.parts(), around.gate(), pages);
    ResultSettings signed = around.config().site().results();
    this.results =
        ResultService.open(
            new ResultGate(
                around.parts(), around.gate().admission(), around.gate().artifactCache()),
            signed);
    this.resultRefresh = new HttpResultRefresher(results, signed, around.outside().feeds());
  }

  /// Returns the documentation of versions.
  DocumentationService documentation() {
    return documentation;
  }

  /// Returns what bundles carry in addition to the files of documentation, and of results.
  List<BundledCollection> collections() {
    Store store = around.parts().store();
    return List.of(
        new DocumentationCollection(store, documentation), new ResultCollection(store, results));
  }

  /// Returns the operations of the desk.
  ///
  /// @param desk the API that shows long operations
  /// @param origin the scheme, host and port under which people reach the gate
  List<HandlerSource> handlers(Supplier<DeskApi> desk, Supplier<String> origin) {
    return List.of(
        new DocumentationHandlers(documentation, () -> pages(origin.get()).address(), desk),
        new ResultHandlers(results, around.config().site().results().sources()));
  }

  private PageOrigin pages(String origin) {
    return PageOrigin.of(origin, around.config().site().documentation().publicUrl());
  }

  /// Returns the handler of requests for pages.
  ///
  /// @param names the names of the server, which are known when it listens
  RouteHandler pages(HostNames names) {
    return new DocumentationHandler(documentation, pages(names.origin()));
  }

  /// Returns the handler of requests for the feed of results.
  RouteHandler feed() {
    return new ResultFeedHandler(results);
  }

  /// Starts the work in the background.
  ///
  /// @param tracer begins the spans of rounds
  /// @param leader runs what one node of several does
  void start(Tracer tracer, Leader leader) {
    builds.start(leader);
    results.start(leader);
    resultRefresh.start(tracer, leader);
  }

  @Override
  public void close() {
    resultRefresh.close();
    results.close();
    builds.close();
  }
}

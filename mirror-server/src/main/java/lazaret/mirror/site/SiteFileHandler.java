package lazaret.mirror.site;

import java.util.List;
import java.util.Map;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.http.RequestBudget;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileService;

/// The handler of `/site/COLLECTION/PATH`: files that commands read, after the check that the
/// sender is a reader. Thread-safe.
public final class SiteFileHandler implements RouteHandler {
  private static final String BEGINNING = "/site/";

  /// The collections whose files each reader may have. Toolchains, documentation and results have
  /// handlers of their own. Trees of Git sources need an approval, which the desk checks.
  private static final List<SiteFileCollection> SERVED = List.of(SiteFileCollection.PRODUCT);

  private final SiteFileService files;
  private final Map<String, RouteHandler> others;

  /// Creates a handler.
  ///
  /// @param others the handlers of single paths below `/site/`, such as `/site/results`
  public SiteFileHandler(SiteFileService files, Map<String, RouteHandler> others) {
    this.files = files;
    this.others = Map.copyOf(others);
  }

  @Override
  public HttpResponse respond(HttpRequest question, Sender sender, RequestBudget room) {
    RouteHandler other = others.get(question.path());
    if (other != null) {
      return other.respond(question, sender, room);
    }
    if (!question.reads()) {
      return HttpResponse.method("GET, HEAD");
    }
    for (SiteFileCollection collection : SERVED) {
      String prefix = BEGINNING + collection.code() + '/';
      if (question.path().startsWith(prefix)) {
        return file(question, collection, question.path().substring(prefix.length()));
      }
    }
    return HttpResponse.text(404, "this server has no files of a site");
  }

  private HttpResponse file(HttpRequest question, SiteFileCollection collection, String path) {
    return files
        .find(collection, path)
        .map(row -> SiteFileResponse.of(question, files, row, SiteFileResponse.REVALIDATED))
        .orElseGet(
            () ->
                HttpResponse.text(
                    404, "the collection '%s' has no such file".formatted(collection.code())));
  }
}

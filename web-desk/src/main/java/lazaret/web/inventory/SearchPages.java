package lazaret.web.inventory;

import java.util.List;
import lazaret.vetting.deskapi.SearchOperations;
import lazaret.vetting.deskapi.search.SearchReply;
import lazaret.vetting.deskapi.search.SearchRequest;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.WebResponse;
import lazaret.web.WebRoute;
import lazaret.web.page.PageFrame;
import lazaret.web.page.PageTime;
import lazaret.web.template.JtecratesGenerated;
import lazaret.web.template.JtesearchGenerated;

/// The page of the search for everything, and the page of stored crates.
public final class SearchPages {
  private static final String CRATES = "/desk/crates";

  private final PageWriter writer;

  /// Creates the pages.
  public SearchPages(PageWriter writer) {
    this.writer = writer;
  }

  /// Returns the routes.
  public List<WebRoute> routes() {
    return List.of(
        WebRoute.page("/desk/search", this::search), WebRoute.page(CRATES, this::crates));
  }

  private WebResponse search(PageRequest request) {
    SearchView view = view(request);
    PageFrame frame = writer.frame(request.web(), "Search", "search", "");
    PageTime time = writer.time();
    return writer.page(200, out -> JtesearchGenerated.render(out, null, frame, view, time));
  }

  private WebResponse crates(PageRequest request) {
    SearchView view = view(request);
    PageFrame frame = writer.frame(request.web(), "Crates", "search", CRATES);
    PageTime time = writer.time();
    return writer.page(200, out -> JtecratesGenerated.render(out, null, frame, view, time));
  }

  private static SearchView view(PageRequest request) {
    String words = request.query().text("q").orElse("");
    SearchReply reply = request.call(SearchOperations.SEARCH, new SearchRequest(words));
    return new SearchView(words, reply);
  }
}

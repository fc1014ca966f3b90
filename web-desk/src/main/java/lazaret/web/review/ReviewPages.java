package lazaret.web.review;

import java.util.List;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.WebResponse;
import lazaret.web.WebRoute;
import lazaret.web.diff.ReviewQuery;

/// The pages on which a person reads and decides. They are the review of a version with its parts
/// and forms, the page of one file, and a list of versions to review. Thread-safe.
public final class ReviewPages {
  private static final String VERSION = "/desk/crates/{name}/{version}";

  private final PageWriter writer;

  /// Creates the pages.
  public ReviewPages(PageWriter writer) {
    this.writer = writer;
  }

  /// Returns the routes.
  public List<WebRoute> routes() {
    ReviewPage page = new ReviewPage(writer);
    DecisionForms decisions = new DecisionForms(writer, page);
    NoteForms notes = new NoteForms(writer);
    ReviewListPage list = new ReviewListPage(writer);
    return List.of(
        WebRoute.page(VERSION + "/review", decisions::show),
        WebRoute.form(VERSION + "/review", page::fetch),
        WebRoute.page(VERSION + "/review/part", new PartPages(writer)::show),
        WebRoute.form(
            VERSION + "/reading", request -> ReadingForms.send(request, writer.time().now())),
        WebRoute.form(VERSION + "/notes", notes::add),
        WebRoute.form(VERSION + "/notes/{number}/remove", notes::remove),
        WebRoute.form(VERSION + "/drafts/decision", DraftForms::keep),
        WebRoute.form(VERSION + "/drafts/note", DraftForms::keepNote),
        WebRoute.form(VERSION + "/decision", decisions::send),
        WebRoute.page(VERSION + "/decision", ReviewPages::review),
        WebRoute.page(VERSION + "/files/{path*}", new SourcePages(writer)::show),
        WebRoute.page("/desk/review", list::show),
        WebRoute.form("/desk/review", new ClosureForms(writer, list)::send));
  }

  /// Answers a link of a refused form, whose address is that of the form.
  private static WebResponse review(PageRequest request) {
    String query = request.web().query();
    String page = ReviewQuery.of(request).versionAddress() + "/review";
    return WebResponse.redirect(query.isEmpty() ? page : page + "?" + query);
  }
}

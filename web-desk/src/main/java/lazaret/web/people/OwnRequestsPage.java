package lazaret.web.people;

import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.requests.AtomFeedRequest;
import lazaret.vetting.deskapi.requests.OwnRequestsReply;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.WebResponse;
import lazaret.web.WebRoute;
import lazaret.web.WebVisitor;
import lazaret.web.page.PageFrame;
import lazaret.web.page.PageTime;
import lazaret.web.template.JteownRequestsGenerated;

/// The page with the requests of the reader, and the same as a feed.
public final class OwnRequestsPage {
  /// The path of the feed, which also accepts a token in place of a session.
  public static final String FEED = OwnRequestsView.PATH + "/feed";

  private static final Bytes NO_TOKEN =
      Bytes.utf8(
          "the feed of your requests needs a token: 'authorization: Bearer lzr_...'; in a browser,"
              + " sign in first\n");

  private final PageWriter writer;

  /// Creates the page.
  public OwnRequestsPage(PageWriter writer) {
    this.writer = writer;
  }

  /// Returns the routes.
  public List<WebRoute> routes() {
    return List.of(
        WebRoute.page(OwnRequestsView.PATH, this::show), WebRoute.page(FEED, this::feed).open());
  }

  private WebResponse show(PageRequest request) {
    OwnRequestsReply reply = request.call(RequestOperations.OWN_REQUESTS, new EmptyRequest());
    OwnRequestsView view =
        OwnRequestsView.of(
            reply.requests(),
            request.query().text("only").orElse(""),
            request.query().text("from").orElse(null));
    PageFrame frame = writer.frame(request.web(), "Your requests", "people", "");
    PageTime time = writer.time();
    return writer.page(200, out -> JteownRequestsGenerated.render(out, null, frame, view, time));
  }

  /// Returns the feed. A feed reader cannot sign in: a response in place of the redirection to the
  /// sign-in page states what to send.
  private WebResponse feed(PageRequest request) {
    return switch (request.visitor()) {
      case WebVisitor.Anonymous _ ->
          WebResponse.of(401, "text/plain; charset=utf-8", NO_TOKEN)
              .with("www-authenticate", "Bearer realm=\"lazaret desk\"");
      case WebVisitor.SignedIn _ ->
          WebResponse.feed(
              request
                  .call(RequestOperations.OWN_REQUESTS_FEED, new AtomFeedRequest(writer.origin()))
                  .atom());
    };
  }
}

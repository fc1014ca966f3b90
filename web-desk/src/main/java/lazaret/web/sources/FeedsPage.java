package lazaret.web.sources;

import java.util.List;
import lazaret.vetting.deskapi.AuditOperations;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.FeedOperations;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.WebResponse;
import lazaret.web.WebRoute;
import lazaret.web.page.Feedback;
import lazaret.web.page.PageFrame;
import lazaret.web.page.PageTime;
import lazaret.web.template.JtefeedsGenerated;
import org.jspecify.annotations.Nullable;

/// The page about feeds of advisories and imported audits.
public final class FeedsPage {
  private static final String PATH = "/desk/feeds";

  private final PageWriter writer;

  /// Creates the page.
  public FeedsPage(PageWriter writer) {
    this.writer = writer;
  }

  /// Returns the routes.
  public List<WebRoute> routes() {
    return List.of(
        WebRoute.page(PATH, this::show),
        WebRoute.form(PATH + "/refresh", this::refreshFeeds),
        WebRoute.form(PATH + "/audits/refresh", this::refreshAudits));
  }

  private WebResponse show(PageRequest request) {
    FeedsView view =
        new FeedsView(
            request.call(FeedOperations.FEEDS, new EmptyRequest()),
            request.call(AuditOperations.AUDITS, new EmptyRequest()),
            request.visitor().has(DeskRole.ADMIN),
            done(request));
    PageFrame frame = writer.frame(request.web(), "Feeds and audits", "feeds", PATH);
    PageTime time = writer.time();
    return writer.page(200, out -> JtefeedsGenerated.render(out, null, frame, view, time));
  }

  private static @Nullable Feedback done(PageRequest request) {
    return switch (request.query().text("done").orElse("")) {
      case "feeds" ->
          new Feedback("good", "The feeds were requested.", "Failures are listed below.");
      case "audits" ->
          new Feedback("good", "The audits were requested.", "Failures are listed below.");
      default -> null;
    };
  }

  private WebResponse refreshFeeds(PageRequest request) {
    request.call(FeedOperations.REFRESH_FEEDS, new EmptyRequest());
    return WebResponse.redirect(PATH + "?done=feeds");
  }

  private WebResponse refreshAudits(PageRequest request) {
    request.call(AuditOperations.REFRESH_AUDITS, new EmptyRequest());
    return WebResponse.redirect(PATH + "?done=audits");
  }
}

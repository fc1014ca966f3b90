package lazaret.web.inventory;

import java.util.List;
import lazaret.vetting.deskapi.DecisionOperations;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.decisions.ExpiringReply;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.WebResponse;
import lazaret.web.WebRoute;
import lazaret.web.page.PageFrame;
import lazaret.web.page.PageTime;
import lazaret.web.template.JteexpiringGenerated;

/// The page about approvals and exemptions that expire.
public final class ExpiringPage {
  private final PageWriter writer;

  /// Creates the page.
  public ExpiringPage(PageWriter writer) {
    this.writer = writer;
  }

  /// Returns the routes.
  public List<WebRoute> routes() {
    return List.of(WebRoute.page(ExpiringView.PATH, this::show));
  }

  private WebResponse show(PageRequest request) {
    ExpiringReply reply = request.call(DecisionOperations.EXPIRING, new EmptyRequest());
    String only =
        request.query().text("only").filter(List.of("needed", "ended")::contains).orElse("");
    ExpiringView view =
        ExpiringView.of(reply.expiring(), only, request.query().text("from").orElse(null));
    PageFrame frame =
        writer.frame(request.web(), "Expiring decisions", "expiring", ExpiringView.PATH);
    PageTime time = writer.time();
    return writer.page(200, out -> JteexpiringGenerated.render(out, null, frame, view, time));
  }
}

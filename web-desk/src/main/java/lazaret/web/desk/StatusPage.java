package lazaret.web.desk;

import java.util.List;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.StoreOperations;
import lazaret.vetting.deskapi.store.StatusReply;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.WebResponse;
import lazaret.web.WebRoute;
import lazaret.web.page.PageFrame;
import lazaret.web.page.PageTime;
import lazaret.web.template.JtestatusGenerated;

/// The page with the state of the gate.
final class StatusPage {
  private final PageWriter writer;

  StatusPage(PageWriter writer) {
    this.writer = writer;
  }

  List<WebRoute> routes() {
    return List.of(WebRoute.page("/desk/status", this::show));
  }

  private WebResponse show(PageRequest request) {
    StatusReply status = request.call(StoreOperations.STATUS, new EmptyRequest());
    PageFrame frame = writer.frame(request.web(), "Status", "status", "/desk/status");
    PageTime time = writer.time();
    return writer.page(200, out -> JtestatusGenerated.render(out, null, frame, status, time));
  }
}

package lazaret.web.inventory;

import java.util.List;
import lazaret.vetting.deskapi.SearchOperations;
import lazaret.vetting.deskapi.search.InventoryReply;
import lazaret.vetting.deskapi.search.InventoryRequest;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.WebResponse;
import lazaret.web.WebRoute;
import lazaret.web.page.PageFrame;
import lazaret.web.page.PageQuery;
import lazaret.web.page.PageTime;
import lazaret.web.template.JteinventoryGenerated;

/// The page about versions that clients or lockfiles have and that are not served.
public final class InventoryPage {
  private static final String PATH = "/desk/inventory";

  private final PageWriter writer;

  /// Creates the page.
  public InventoryPage(PageWriter writer) {
    this.writer = writer;
  }

  /// Returns the routes.
  public List<WebRoute> routes() {
    return List.of(WebRoute.page(PATH, this::show));
  }

  private WebResponse show(PageRequest request) {
    String after = request.query().text("after").orElse(null);
    InventoryReply reply =
        request.call(SearchOperations.INVENTORY, new InventoryRequest(after, null));
    String next =
        reply.next() == null ? null : PageQuery.of(PATH).with("after", reply.next()).toString();
    String first = after == null ? null : PATH;
    PageFrame frame = writer.frame(request.web(), "Inventory", "inventory", PATH);
    PageTime time = writer.time();
    return writer.page(
        200, out -> JteinventoryGenerated.render(out, null, frame, reply, time, first, next));
  }
}

package lazaret.web.sources;

import java.util.List;
import lazaret.vetting.deskapi.BundleOperations;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.WebResponse;
import lazaret.web.WebRoute;
import lazaret.web.page.PageFrame;
import lazaret.web.page.PageTime;
import lazaret.web.template.JtebundlesGenerated;

/// The page about snapshots and the bundles that carry them. Export, import and rollback need files
/// and keys of the server, so that they are commands.
public final class BundlesPage {
  private final PageWriter writer;

  /// Creates the page.
  public BundlesPage(PageWriter writer) {
    this.writer = writer;
  }

  /// Returns the routes.
  public List<WebRoute> routes() {
    return List.of(WebRoute.page(BundlesView.PATH, this::show));
  }

  private WebResponse show(PageRequest request) {
    BundlesView view =
        BundlesView.of(
            request.call(BundleOperations.SNAPSHOTS, new EmptyRequest()),
            request.call(BundleOperations.TRUST, new EmptyRequest()),
            request.query().text("from").orElse(null));
    PageFrame frame =
        writer.frame(request.web(), "Bundles and snapshots", "bundles", BundlesView.PATH);
    PageTime time = writer.time();
    return writer.page(200, out -> JtebundlesGenerated.render(out, null, frame, view, time));
  }
}

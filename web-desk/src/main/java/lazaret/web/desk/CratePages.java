package lazaret.web.desk;

import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.deskapi.CrateOperations;
import lazaret.vetting.deskapi.crates.CrateReply;
import lazaret.vetting.deskapi.crates.CrateRequest;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.WebResponse;
import lazaret.web.WebRoute;
import lazaret.web.page.PageFrame;
import lazaret.web.page.PageLinks;
import lazaret.web.page.PageQuery;
import lazaret.web.page.PageTime;
import lazaret.web.page.RowPosition;
import lazaret.web.template.JtecrateGenerated;

/// The page of a crate with all its versions.
final class CratePages {
  private final PageWriter writer;

  CratePages(PageWriter writer) {
    this.writer = writer;
  }

  List<WebRoute> routes() {
    return List.of(WebRoute.page("/desk/crates/{name}", this::show));
  }

  private WebResponse show(PageRequest request) {
    CrateName name = CrateName.parse(request.path("name"));
    CrateReply crate = request.call(CrateOperations.CRATE, new CrateRequest(name));
    PageFrame frame = writer.frame(request.web(), name.published(), "crate", "/desk/crates");
    PageTime time = writer.time();
    RowPosition place =
        RowPosition.of(
            request.query().text("from").orElse(null),
            crate.versions().size(),
            PageQuery.of(PageLinks.crate(name)));
    return writer.page(200, out -> JtecrateGenerated.render(out, null, frame, crate, place, time));
  }
}

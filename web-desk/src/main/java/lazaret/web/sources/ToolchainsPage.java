package lazaret.web.sources;

import java.util.List;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.ToolchainOperations;
import lazaret.vetting.deskapi.site.ToolchainsReply;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.WebResponse;
import lazaret.web.WebRoute;
import lazaret.web.page.PageFrame;
import lazaret.web.page.PageTime;
import lazaret.web.template.JtetoolchainsGenerated;

/// The page about toolchains.
public final class ToolchainsPage {
  private static final String PATH = "/desk/toolchains";

  private final PageWriter writer;

  /// Creates the page.
  public ToolchainsPage(PageWriter writer) {
    this.writer = writer;
  }

  /// Returns the routes.
  public List<WebRoute> routes() {
    return List.of(WebRoute.page(PATH, this::show));
  }

  private WebResponse show(PageRequest request) {
    ToolchainsReply reply = request.call(ToolchainOperations.TOOLCHAINS, new EmptyRequest());
    PageFrame frame = writer.frame(request.web(), "Toolchains", "toolchains", PATH);
    PageTime time = writer.time();
    return writer.page(200, out -> JtetoolchainsGenerated.render(out, null, frame, reply, time));
  }
}

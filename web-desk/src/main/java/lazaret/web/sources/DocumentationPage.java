package lazaret.web.sources;

import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.DocumentationOperations;
import lazaret.vetting.deskapi.site.DocumentationAddressReply;
import lazaret.vetting.deskapi.site.DocumentationListReply;
import lazaret.vetting.deskapi.site.DocumentationListRequest;
import lazaret.vetting.deskapi.site.DocumentationVersionRequest;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.WebResponse;
import lazaret.web.WebRoute;
import lazaret.web.page.PageFrame;
import lazaret.web.page.PageTime;
import lazaret.web.template.JtedocumentationGenerated;

/// The list of versions with documentation, and the way to their pages, which are not of the desk.
public final class DocumentationPage {
  private final PageWriter writer;

  /// Creates the page.
  public DocumentationPage(PageWriter writer) {
    this.writer = writer;
  }

  /// Returns the routes.
  public List<WebRoute> routes() {
    return List.of(
        WebRoute.page(DocumentationView.PATH, this::show),
        WebRoute.page(DocumentationView.PATH + "/{name}/{version}", this::open));
  }

  private WebResponse show(PageRequest request) {
    String words = request.query().text("q").orElse("");
    String after = request.query().text("after").orElse("");
    DocumentationListReply reply =
        request.call(
            DocumentationOperations.LIST,
            new DocumentationListRequest(
                words.isBlank() ? null : words.strip(), after.isEmpty() ? null : after));
    DocumentationView view = new DocumentationView(words, reply.versions(), reply.next());
    PageFrame frame =
        writer.frame(request.web(), "Documentation", "documentation", DocumentationView.PATH);
    PageTime time = writer.time();
    return writer.page(200, out -> JtedocumentationGenerated.render(out, null, frame, view, time));
  }

  /// Leads to the pages, whose address is for this person and for some hours.
  private WebResponse open(PageRequest request) {
    DocumentationAddressReply reply =
        request.call(
            DocumentationOperations.ADDRESS,
            new DocumentationVersionRequest(
                CrateName.parse(request.path("name")),
                CrateVersion.parse(request.path("version"))));
    return WebResponse.redirect(reply.address());
  }
}

package lazaret.mirror.site;

import java.util.List;
import java.util.Optional;
import lazaret.documentation.DocumentationService;
import lazaret.documentation.page.PageAddress;
import lazaret.documentation.page.PageHeader;
import lazaret.mirror.http.FileBody;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.http.RequestBudget;

/// The pages of documentation. They are hostile: each response makes its document one of an opaque
/// origin. Neither cookies nor tokens of a head count here; the address has the right to read.
public final class DocumentationHandler implements RouteHandler {
  private final DocumentationService documentation;
  private final PageOrigin origin;

  /// Creates the handler.
  ///
  /// @param origin where pages are read
  public DocumentationHandler(DocumentationService documentation, PageOrigin origin) {
    this.documentation = documentation;
    this.origin = origin;
  }

  @Override
  public boolean owns(String authority) {
    return origin.own() != null && origin.isPages(authority);
  }

  @Override
  public HttpResponse respond(HttpRequest question, Sender sender, RequestBudget room) {
    if (!origin.isPages(question.authority())) {
      return refused("documentation is read at " + origin.address());
    }
    PageAddress address = PageAddress.parse(question.path()).orElse(null);
    if (address == null) {
      return refused("no page has this address");
    }
    Optional<DocumentationService.Page> found = documentation.page(address);
    if (found.isEmpty()) {
      return refused(
          "there is no such page, or its address is no longer valid; open the documentation from"
              + " the desk again");
    }
    DocumentationService.Page page = found.get();
    HttpResponse answer =
        HttpResponse.of(
                200, page.type().mediaType(), new FileBody(page.file(), page.from(), page.length()))
            .with("cache-control", "private, max-age=3600");
    return with(answer, PageHeader.of(origin.address(), address.folder()));
  }

  private static HttpResponse refused(String why) {
    return with(HttpResponse.text(404, why), PageHeader.ofRefusal());
  }

  private static HttpResponse with(HttpResponse answer, List<PageHeader> fields) {
    HttpResponse all = answer;
    for (PageHeader field : fields) {
      all = all.with(field.name(), field.value());
    }
    return all;
  }
}

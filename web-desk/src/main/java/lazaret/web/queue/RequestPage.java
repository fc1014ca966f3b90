package lazaret.web.queue;

import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.requests.RefusalReply;
import lazaret.vetting.deskapi.requests.RefusalRequest;
import lazaret.vetting.deskapi.requests.SubmitReply;
import lazaret.vetting.deskapi.requests.SubmitRequest;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.WebResponse;
import lazaret.web.WebRoute;
import lazaret.web.page.Feedback;
import lazaret.web.page.PageFrame;
import lazaret.web.page.PageLinks;
import lazaret.web.page.PageTime;
import lazaret.web.template.JterequestGenerated;
import org.jspecify.annotations.Nullable;

/// The page to which the text of a refusal leads: the reason, a way to build now, and the form of a
/// request. An open gate requires no sign-in for it.
public final class RequestPage {
  private static final String PATH = "/desk/request/{name}/{version}";

  private final PageWriter writer;

  /// Creates the page.
  public RequestPage(PageWriter writer) {
    this.writer = writer;
  }

  /// Returns the routes.
  public List<WebRoute> routes() {
    return List.of(
        WebRoute.page(PATH, this::show).open(), WebRoute.form(PATH, this::submit).open());
  }

  private WebResponse show(PageRequest request) {
    Feedback say =
        request.query().text("done").isPresent()
            ? new Feedback(
                "good",
                "The request is recorded.",
                "This page will show the decision; its address stays.")
            : null;
    return page(request, 200, "", say);
  }

  private WebResponse page(PageRequest request, int status, String reason, @Nullable Feedback say) {
    CrateName name = CrateName.parse(request.path("name"));
    CrateVersion version = CrateVersion.parse(request.path("version"));
    RefusalReply refusal =
        request.call(RequestOperations.REFUSAL, new RefusalRequest(name, version));
    PageFrame frame = writer.frame(request.web(), "Request " + name.published(), "request", "");
    PageTime time = writer.time();
    OwnRequestRow own = OwnRequestRow.of(request, name, refusal.version());
    boolean decided = refusal.served() || (own != null && own.info().decision() != null);
    RequestView view = new RequestView(refusal, reason, own, decided && status == 200 ? null : say);
    return writer.page(status, out -> JterequestGenerated.render(out, null, frame, view, time));
  }

  private WebResponse submit(PageRequest request) {
    String name = request.path("name");
    String version = request.path("version");
    String reason = request.form().text("reason").orElse("");
    SubmitRequest order = new SubmitRequest(CrateSpec.parse(name + "@" + version), reason, null);
    return switch (request.reply(RequestOperations.SUBMIT, order)) {
      case Reply.Done<SubmitReply> _ ->
          WebResponse.redirect(PageLinks.request(name, version) + "?done=1");
      case Reply.Refused<SubmitReply> refused ->
          page(
              request,
              refused.status(),
              reason,
              new Feedback(
                  "bad", "Nothing was recorded.", refused.problems().getFirst().sentence() + "."));
    };
  }
}

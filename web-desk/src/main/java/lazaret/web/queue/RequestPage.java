package lazaret.web.queue;

import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.requests.OwnRequestInfo;
import lazaret.vetting.deskapi.requests.OwnRequestsReply;
import lazaret.vetting.deskapi.requests.RefusalFeedRequest;
import lazaret.vetting.deskapi.requests.RefusalReply;
import lazaret.vetting.deskapi.requests.RefusalRequest;
import lazaret.vetting.deskapi.requests.SubmitReply;
import lazaret.vetting.deskapi.requests.SubmitRequest;
import lazaret.web.PageProblem;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.PathPattern;
import lazaret.web.WebResponse;
import lazaret.web.WebRoute;
import lazaret.web.WebVisitor;
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

  /// The mark of a request whose reason was not kept.
  private static final String UNKEPT = "unkept";

  private static final PathPattern FEED = PathPattern.of(PATH + "/feed");

  private final PageWriter writer;

  /// Creates the page.
  public RequestPage(PageWriter writer) {
    this.writer = writer;
  }

  /// Returns the routes.
  public List<WebRoute> routes() {
    return List.of(
        WebRoute.page(PATH, this::show).open(),
        WebRoute.form(PATH, this::submit).open(),
        WebRoute.page(PATH + "/feed", this::feed).open());
  }

  /// Returns whether a path is that of the feed of a version.
  ///
  /// @param path as sent
  public static boolean isFeed(String path) {
    return FEED.match(path).isPresent();
  }

  private WebResponse feed(PageRequest request) {
    RefusalFeedRequest order =
        new RefusalFeedRequest(
            CrateName.parse(request.path("name")),
            CrateVersion.parse(request.path("version")),
            writer.origin());
    return WebResponse.feed(request.call(RequestOperations.REFUSAL_FEED, order).atom());
  }

  private WebResponse show(PageRequest request) {
    RefusalReply refusal = request.call(RequestOperations.REFUSAL, version(request));
    Feedback say = done(request.query().text("done").orElse(""));
    return page(request, refusal, new Sent(200, "", say));
  }

  private static @Nullable Feedback done(String what) {
    String next = "This page will show the decision; its address stays.";
    return switch (what) {
      case "" -> null;
      case UNKEPT ->
          new Feedback(
              "warn",
              "The request is recorded without your reason.",
              "The limit of reasons for one day is reached. " + next);
      default -> new Feedback("good", "The request is recorded.", next);
    };
  }

  private static RefusalRequest version(PageRequest request) {
    return new RefusalRequest(
        CrateName.parse(request.path("name")), CrateVersion.parse(request.path("version")));
  }

  /// The result of the form.
  ///
  /// @param status the status of the page
  /// @param reason the reason that the form shows
  /// @param say the result as a sentence; null if the form was not sent
  private record Sent(int status, String reason, @Nullable Feedback say) {}

  private WebResponse page(PageRequest request, RefusalReply refusal, Sent sent) {
    String name = CrateName.parse(request.path("name")).published();
    PageFrame frame = writer.frame(request.web(), "Request " + name, "request", "");
    PageTime time = writer.time();
    OwnRequestInfo own = own(request, refusal);
    boolean decided = refusal.served() || (own != null && own.decision() != null);
    Feedback say = decided && sent.status() == 200 ? null : sent.say();
    RequestView view = new RequestView(refusal, sent.reason(), own, say);
    boolean secure = request.web().secure();
    return writer.page(
        sent.status(), out -> JterequestGenerated.render(out, null, frame, view, time, secure));
  }

  /// Returns the request of the reader for the version; null if the reader did not ask, or is not
  /// signed in.
  private static @Nullable OwnRequestInfo own(PageRequest request, RefusalReply refusal) {
    if (request.visitor() instanceof WebVisitor.SignedIn
        && request.reply(RequestOperations.OWN_REQUESTS, new EmptyRequest())
            instanceof Reply.Done<OwnRequestsReply> done) {
      return done.value().requests().stream()
          .filter(each -> each.name().equals(refusal.name()))
          .filter(each -> each.version().equals(refusal.version()))
          .findFirst()
          .orElse(null);
    }
    return null;
  }

  private WebResponse submit(PageRequest request) {
    String name = request.path("name");
    String version = request.path("version");
    String reason = request.form().text("reason").orElse("");
    SubmitRequest order = new SubmitRequest(CrateSpec.parse(name + "@" + version), reason, null);
    return switch (request.reply(RequestOperations.SUBMIT, order)) {
      case Reply.Done<SubmitReply> done ->
          WebResponse.redirect(
              PageLinks.request(name, version)
                  + "?done="
                  + (done.value().recorded() ? "1" : UNKEPT));
      case Reply.Refused<SubmitReply> refused -> refused(request, reason, refused);
    };
  }

  /// Shows the form again with the mistake, or the mistake alone if the gate does not explain the
  /// version to the visitor.
  private WebResponse refused(
      PageRequest request, String reason, Reply.Refused<SubmitReply> refused) {
    return switch (request.reply(RequestOperations.REFUSAL, version(request))) {
      case Reply.Done<RefusalReply> done -> {
        String why = refused.problems().getFirst().sentence() + ".";
        Feedback say = new Feedback("bad", "Nothing was recorded.", why);
        yield page(request, done.value(), new Sent(refused.status(), reason, say));
      }
      case Reply.Refused<RefusalReply> _ ->
          throw new PageProblem(refused.status(), refused.problems());
    };
  }
}

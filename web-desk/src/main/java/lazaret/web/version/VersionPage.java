package lazaret.web.version;

import java.util.List;
import java.util.Locale;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.AuditOperations;
import lazaret.vetting.deskapi.CrateOperations;
import lazaret.vetting.deskapi.HostingOperations;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.deskapi.audits.AuditsOfVersionRequest;
import lazaret.vetting.deskapi.crates.BlastRadiusRequest;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.deskapi.crates.VersionRequest;
import lazaret.vetting.deskapi.hosting.PrivateCrateReply;
import lazaret.vetting.deskapi.hosting.PrivateCrateRequest;
import lazaret.vetting.deskapi.hosting.PublicationInfo;
import lazaret.vetting.deskapi.requests.QueuedVersionReply;
import lazaret.vetting.deskapi.requests.QueuedVersionRequest;
import lazaret.vetting.deskapi.requests.RequestHistoryReply;
import lazaret.vetting.deskapi.requests.RequestStepRequest;
import lazaret.vetting.deskapi.review.VersionEvidenceReply;
import lazaret.vetting.deskapi.review.VersionEvidenceRequest;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.WebResponse;
import lazaret.web.WebRoute;
import lazaret.web.WebVisitor;
import lazaret.web.page.Feedback;
import lazaret.web.page.PageFrame;
import lazaret.web.page.PageLinks;
import lazaret.web.page.PageTime;
import lazaret.web.template.JteversionGenerated;
import org.jspecify.annotations.Nullable;

/// The page of one version: verdict, reasons, evidence, history and who has it.
public final class VersionPage {
  private static final String PATH = "/desk/crates/{name}/{version}";

  /// The records of downloads that are read for the page.
  private static final int MOST_DOWNLOADS = 1_000;

  private final PageWriter writer;

  /// Creates the page.
  public VersionPage(PageWriter writer) {
    this.writer = writer;
  }

  /// Returns the routes.
  public List<WebRoute> routes() {
    return List.of(
        WebRoute.page(PATH, this::show),
        WebRoute.form(PATH + "/steps", this::step),
        WebRoute.page(PATH + "/steps", VersionPage::back));
  }

  private WebResponse show(PageRequest request) {
    return page(request, new VersionView.Sent(200, "", done(request)));
  }

  private WebResponse page(PageRequest request, VersionView.Sent sent) {
    CrateName name = CrateName.parse(request.path("name"));
    CrateVersion given = CrateVersion.parse(request.path("version"));
    VersionReply version = request.call(CrateOperations.VERSION, new VersionRequest(name, given));
    PageTime time = writer.time();
    QueuedVersionReply queued =
        maybe(
            request,
            RequestOperations.QUEUED_VERSION,
            new QueuedVersionRequest(name, version.version()));
    RequestHistoryReply requests = requests(request, name, version.version(), queued);
    VersionEvidenceReply evidence =
        maybe(
            request,
            ReviewOperations.EVIDENCE,
            new VersionEvidenceRequest(name, version.version()));
    VersionView view =
        new VersionView(
            version,
            new EvidenceRows(
                    version,
                    evidence,
                    maybe(
                        request,
                        AuditOperations.AUDITS_OF_VERSION,
                        new AuditsOfVersionRequest(name, version.version())),
                    time)
                .all(),
            evidence == null ? null : evidence.dependencies(),
            new VersionView.Requests(queued, requests.asked()),
            maybe(
                request,
                CrateOperations.BLAST_RADIUS,
                new BlastRadiusRequest(name, version.version(), MOST_DOWNLOADS)),
            published(request, name, version.version()),
            Timeline.of(version, requests.history()),
            visitor(request.visitor(), name),
            sent);
    String title = name.published() + " " + version.version().text();
    PageFrame frame = writer.frame(request.web(), title, "version", "");
    return writer.page(
        sent.status(), out -> JteversionGenerated.render(out, null, frame, view, time));
  }

  /// Returns the steps of the requests and the persons who asked, also after a decision. Both are
  /// empty if the visitor may not see them.
  private static RequestHistoryReply requests(
      PageRequest request,
      CrateName name,
      CrateVersion version,
      @Nullable QueuedVersionReply queued) {
    if (queued != null) {
      return new RequestHistoryReply(queued.history(), queued.asked());
    }
    RequestHistoryReply past =
        maybe(request, RequestOperations.REQUEST_HISTORY, new QueuedVersionRequest(name, version));
    return past == null ? new RequestHistoryReply(List.of(), List.of()) : past;
  }

  /// Returns how a version of a private crate came here; null for one of a public crate.
  private static @Nullable PublicationInfo published(
      PageRequest request, CrateName name, CrateVersion version) {
    PrivateCrateReply crate =
        maybe(request, HostingOperations.CRATE, new PrivateCrateRequest(name));
    return crate == null
        ? null
        : crate.versions().stream()
            .filter(each -> each.version().equals(version))
            .findFirst()
            .orElse(null);
  }

  private static VersionView.Visitor visitor(WebVisitor visitor, CrateName name) {
    return new VersionView.Visitor(
        visitor.roles().reviews(name),
        visitor.has(DeskRole.REVIEWER) || visitor.has(DeskRole.AUDITOR),
        visitor.has(DeskRole.REQUESTER));
  }

  /// Returns the value of an operation, or null if it is refused: the page shows less then.
  private static <Q extends Record, R extends Record> @Nullable R maybe(
      PageRequest request, Operation<Q, R> operation, Q order) {
    return request.reply(operation, order) instanceof Reply.Done<R> done ? done.value() : null;
  }

  private static @Nullable Feedback done(PageRequest request) {
    return switch (request.query().text("done").orElse("")) {
      case "comment" -> new Feedback("good", "The comment is recorded.", "");
      case "assign" -> new Feedback("good", "The request is assigned.", "");
      case "close" -> new Feedback("good", "The request is closed.", "");
      default -> null;
    };
  }

  private WebResponse step(PageRequest request) {
    CrateName name = CrateName.parse(request.path("name"));
    CrateVersion version = CrateVersion.parse(request.path("version"));
    String act = request.form().text("act").orElse("comment");
    RequestStepRequest.Step step =
        switch (act) {
          case "assign" -> RequestStepRequest.Step.ASSIGN;
          case "close" -> RequestStepRequest.Step.CLOSE;
          default -> RequestStepRequest.Step.COMMENT;
        };
    String text =
        step == RequestStepRequest.Step.ASSIGN
            ? person(request.visitor())
            : request.form().text("text").orElse(null);
    RequestStepRequest order = new RequestStepRequest(name, version, step, text);
    return switch (request.reply(RequestOperations.STEP, order)) {
      case Reply.Done<QueuedVersionReply> _ ->
          WebResponse.redirect(
              PageLinks.version(name, version) + "?done=" + step.name().toLowerCase(Locale.ROOT));
      case Reply.Refused<QueuedVersionReply> refused -> refused(request, order, refused);
    };
  }

  /// Shows the page with the cause, and with the comment as it was typed.
  private WebResponse refused(
      PageRequest request, RequestStepRequest order, Reply.Refused<QueuedVersionReply> refused) {
    String text = order.act() == RequestStepRequest.Step.COMMENT ? order.text() : null;
    String why = refused.problems().getFirst().sentence() + ".";
    Feedback say = new Feedback("bad", "Nothing was recorded.", why);
    return page(request, new VersionView.Sent(refused.status(), text == null ? "" : text, say));
  }

  /// Answers the address of a refused form with the page of the version.
  private static WebResponse back(PageRequest request) {
    CrateName name = CrateName.parse(request.path("name"));
    CrateVersion version = CrateVersion.parse(request.path("version"));
    return WebResponse.redirect(PageLinks.version(name, version));
  }

  private static @Nullable String person(WebVisitor visitor) {
    return visitor instanceof WebVisitor.SignedIn someone ? someone.name() : null;
  }
}

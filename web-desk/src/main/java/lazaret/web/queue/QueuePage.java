package lazaret.web.queue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.deskapi.DecisionOperations;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.decisions.DecideRequest;
import lazaret.vetting.deskapi.requests.QueueGroupsReply;
import lazaret.vetting.deskapi.requests.RequestStepRequest;
import lazaret.vetting.deskapi.requests.RequestStepsRequest;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.FormFields;
import lazaret.web.PageProblem;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.WebResponse;
import lazaret.web.WebRoute;
import lazaret.web.WebVisitor;
import lazaret.web.page.Feedback;
import lazaret.web.page.PageFrame;
import lazaret.web.template.JtequeueDenyGenerated;
import lazaret.web.template.JtequeueGenerated;
import org.jspecify.annotations.Nullable;

/// The page of the queue: what waits for a decision, grouped by closure, with actions on several
/// versions. Versions are never approved here.
public final class QueuePage {
  private static final String PATH = "/desk/queue";
  private static final int MAX_PICKED = 200;
  private static final int MALFORMED = 400;

  private final PageWriter writer;

  /// Creates the page.
  public QueuePage(PageWriter writer) {
    this.writer = writer;
  }

  /// Returns the routes.
  public List<WebRoute> routes() {
    return List.of(
        WebRoute.page(PATH, request -> page(request, 200, done(request))),
        WebRoute.form(PATH, this::act),
        WebRoute.form(PATH + "/deny", this::deny));
  }

  private static @Nullable Feedback done(PageRequest request) {
    return switch (request.query().text("done").orElse("")) {
      case "assign" -> new Feedback("good", "The selected requests are assigned to you.", "");
      case "wait" -> new Feedback("good", "The selected requests wait for time.", "");
      case "deny" -> new Feedback("good", "The selected versions are denied.", "In force now.");
      case "none" ->
          new Feedback("warn", "Nothing is selected.", "Select versions, then the action.");
      case "many" ->
          new Feedback(
              "warn", "Nothing was recorded.", "Select at most %d versions.".formatted(MAX_PICKED));
      default -> null;
    };
  }

  private WebResponse page(PageRequest request, int status, @Nullable Feedback say) {
    QueueFilter filter = QueueFilter.of(request.query());
    return switch (request.reply(RequestOperations.QUEUE_GROUPS, filter.request())) {
      case Reply.Done<QueueGroupsReply> done ->
          page(request, status, view(request, filter, done.value(), say));
      case Reply.Refused<QueueGroupsReply> refused
          when refused.status() == MALFORMED && filter.reason() != null ->
          withoutReason(request, filter, refused.problems());
      case Reply.Refused<QueueGroupsReply> refused ->
          throw new PageProblem(refused.status(), refused.problems());
    };
  }

  /// Answers a filter whose reason is not a code. The page shows all reasons and the cause.
  private WebResponse withoutReason(
      PageRequest request, QueueFilter filter, List<Problem> problems) {
    QueueGroupsReply reply =
        request.call(RequestOperations.QUEUE_GROUPS, filter.withoutReason().request());
    Feedback say =
        new Feedback(
            "warn", "The filter by reason was not applied.", problems.getFirst().sentence() + ".");
    return page(request, MALFORMED, view(request, filter, reply, say));
  }

  private QueuePageView view(
      PageRequest request, QueueFilter filter, QueueGroupsReply reply, @Nullable Feedback say) {
    boolean acts = request.visitor().has(DeskRole.REVIEWER);
    return new QueuePageView(reply, filter, acts, writer.time(), say);
  }

  private WebResponse page(PageRequest request, int status, QueuePageView view) {
    PageFrame frame = writer.frame(request.web(), "Queue", "queue", PATH);
    return writer.page(status, out -> JtequeueGenerated.render(out, null, frame, view));
  }

  private WebResponse act(PageRequest request) {
    List<String> picked = request.form().all("pick");
    if (picked.isEmpty() || picked.size() > MAX_PICKED) {
      return back(request, picked.isEmpty() ? "none" : "many");
    }
    return switch (request.form().text("do").orElse("")) {
      case "review" -> WebResponse.redirect("/desk/review?versions=" + encoded(picked));
      case "deny" -> denial(request, picked, null);
      case "wait" ->
          step(request, picked, RequestStepRequest.Step.CLOSE, "waits for the end of its cooldown");
      default -> step(request, picked, RequestStepRequest.Step.ASSIGN, person(request));
    };
  }

  /// Returns to the list with the filter that the address of the form has.
  private static WebResponse back(PageRequest request, String done) {
    String query = filter(request);
    return WebResponse.redirect(PATH + (query.isEmpty() ? "?" : query + "&") + "done=" + done);
  }

  /// Returns the query of the list; empty if the address of the form has none.
  private static String filter(PageRequest request) {
    FormFields query = request.query();
    return query.values().isEmpty() ? "" : QueueFilter.of(query).first();
  }

  private static String encoded(List<String> picked) {
    return URLEncoder.encode(String.join(",", picked), StandardCharsets.UTF_8);
  }

  private static @Nullable String person(PageRequest request) {
    return request.visitor() instanceof WebVisitor.SignedIn someone ? someone.name() : null;
  }

  private WebResponse step(
      PageRequest request,
      List<String> picked,
      RequestStepRequest.Step step,
      @Nullable String text) {
    boolean waits = step == RequestStepRequest.Step.CLOSE;
    return recorded(
        request,
        RequestOperations.STEPS,
        new RequestStepsRequest(specs(picked), step, text, waits),
        waits ? "wait" : "assign");
  }

  private static List<CrateSpec> specs(List<String> picked) {
    return picked.stream().map(CrateSpec::parse).toList();
  }

  private <Q extends Record, R extends Record> WebResponse recorded(
      PageRequest request, Operation<Q, R> operation, Q order, String done) {
    return switch (request.reply(operation, order)) {
      case Reply.Done<R> _ -> back(request, done);
      case Reply.Refused<R> refused -> page(request, refused.status(), refused(refused.problems()));
    };
  }

  private static Feedback refused(List<Problem> problems) {
    return new Feedback("bad", "Nothing was recorded.", problems.getFirst().sentence() + ".");
  }

  private WebResponse denial(PageRequest request, List<String> picked, @Nullable Feedback say) {
    PageFrame frame = writer.frame(request.web(), "Deny", "queue", PATH);
    String reason = request.form().text("reason").orElse("");
    return writer.page(
        say == null ? 200 : 400,
        out ->
            JtequeueDenyGenerated.render(out, null, frame, picked, reason, filter(request), say));
  }

  private WebResponse deny(PageRequest request) {
    List<String> picked = request.form().all("pick");
    String reason = request.form().text("reason").orElse("");
    DecideRequest order =
        new DecideRequest(
            DecisionInfo.Kind.DENY,
            specs(picked),
            List.of(),
            null,
            null,
            null,
            false,
            true,
            reason,
            null,
            List.of(),
            null,
            List.of(),
            List.of(),
            null);
    return switch (request.reply(DecisionOperations.DECIDE, order)) {
      case Reply.Done<?> _ -> back(request, "deny");
      case Reply.Refused<?> refused -> denial(request, picked, refused(refused.problems()));
    };
  }
}

package lazaret.web.review;

import java.util.List;
import java.util.Map;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.deskapi.CrateOperations;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.deskapi.crates.VersionRequest;
import lazaret.vetting.deskapi.diff.DiffReply;
import lazaret.vetting.deskapi.diff.DiffRequest;
import lazaret.vetting.deskapi.reading.TextDraftReply;
import lazaret.vetting.deskapi.reasons.ReasonText;
import lazaret.web.PageProblem;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.WebResponse;
import lazaret.web.diff.ReadState;
import lazaret.web.diff.ReviewContext;
import lazaret.web.diff.ReviewQuery;
import lazaret.web.page.Feedback;
import lazaret.web.page.PageFrame;
import lazaret.web.page.PageLinks;
import lazaret.web.page.PageTime;
import lazaret.web.template.JtereviewGenerated;
import lazaret.web.template.JtereviewWaitGenerated;
import org.jspecify.annotations.Nullable;

/// The page of a review. Thread-safe.
final class ReviewPage {
  /// The icons of parts that come later.
  private static final List<String> ICONS = List.of("finding", "note", "seen", "warn");

  /// The first status of failures that a later attempt may not have.
  private static final int FAULT = 500;

  private final PageWriter writer;

  ReviewPage(PageWriter writer) {
    this.writer = writer;
  }

  /// The result of a decision form for the page that follows.
  ///
  /// @param status the status of the page
  /// @param fields the fields to show; null for a new form
  /// @param mistakes the mistakes by field
  /// @param say the result; null if there is none
  record Sent(
      int status,
      @Nullable DecisionFields fields,
      Map<String, String> mistakes,
      @Nullable Feedback say) {
    /// No form was sent.
    static final Sent NOTHING = new Sent(200, null, Map.of(), null);
  }

  WebResponse show(PageRequest request, Sent result) {
    ReviewQuery query = ReviewQuery.of(request);
    VersionReply version =
        request.call(CrateOperations.VERSION, new VersionRequest(query.name(), query.version()));
    Sent sent = drafted(request, version, result);
    if (!version.stored()) {
      return waiting(request, version, sent, notFetched(query, "The artifact"));
    }
    if (!ReviewContext.isBaseStored(request, query)) {
      return waiting(request, version, sent, notFetched(query, "The artifact of the base"));
    }
    try {
      ReviewContext context = ReviewContext.fetch(request, query, writer.time());
      return page(request, context, sent);
    } catch (PageProblem e) {
      if (e.problems().getFirst().code() == ErrorCode.BYTES_MISSING) {
        return waiting(request, version, sent, notFetched(query, "The artifact of the base"));
      }
      if (e.status() < FAULT) {
        throw e;
      }
      return waiting(request, version, sent, failure(query, e.problems()));
    }
  }

  /// Fetches the artifacts of a review and compares them, for the form of the page that waits for
  /// it. A page that is read fetches no artifact of the version.
  WebResponse fetch(PageRequest request) {
    ReviewQuery query = ReviewQuery.of(request);
    DiffRequest order = new DiffRequest(query.name(), query.version(), query.base(), 0, 1, false);
    return switch (request.reply(ReviewOperations.DIFF, order)) {
      case Reply.Done<DiffReply> _ -> WebResponse.redirect(query.page());
      case Reply.Refused<DiffReply> refused when refused.status() >= FAULT ->
          notCompared(request, query, refused);
      case Reply.Refused<DiffReply> refused ->
          throw new PageProblem(refused.status(), refused.problems());
    };
  }

  private WebResponse notCompared(
      PageRequest request, ReviewQuery query, Reply.Refused<DiffReply> refused) {
    VersionReply version =
        request.call(CrateOperations.VERSION, new VersionRequest(query.name(), query.version()));
    Sent kept = drafted(request, version, Sent.NOTHING);
    Sent sent = new Sent(refused.status(), kept.fields(), kept.mistakes(), kept.say());
    return waiting(request, version, sent, failure(query, refused.problems()));
  }

  /// Returns the draft of the visitor in place of a new form, if there is one.
  private Sent drafted(PageRequest request, VersionReply version, Sent sent) {
    if (sent.fields() != null || sent.say() != null) {
      return sent;
    }
    return DraftForms.find(request, version.name(), version.version())
        .map(draft -> drafted(draft))
        .orElse(sent);
  }

  private Sent drafted(TextDraftReply draft) {
    String at = draft.at() == null ? "" : writer.time().minute(draft.at());
    Feedback say =
        new Feedback("warn", "Your draft from %s is here.".formatted(at), "It was not recorded.");
    return new Sent(200, DraftForms.fields(draft), Map.of(), say);
  }

  private static WaitView.State notFetched(ReviewQuery query, String what) {
    return new WaitView.State(
        what + " is not fetched yet.",
        "Without it there is no difference to read. The server fetches it from upstream and"
            + " compares it; this can take a minute, and the page can be left.",
        "Fetch and compare",
        query.page(),
        false);
  }

  private static WaitView.State failure(ReviewQuery query, List<Problem> problems) {
    Problem first = problems.getFirst();
    return new WaitView.State(
        first.code().code() + ": " + first.sentence() + ".",
        "The reasons above and the page of the version are complete. A denial needs no difference.",
        "Try again",
        query.page(),
        true);
  }

  private WebResponse page(PageRequest request, ReviewContext context, Sent sent) {
    ReviewBuilder builder = new ReviewBuilder(context);
    String base = builder.comparedBase() == null ? null : builder.comparedBase().text();
    DecisionView decision =
        decision(
            request, new Form(context.query(), context.version(), context.reading(), base), sent);
    ReviewView view = builder.view(decision, sent.say());
    PageTime time = writer.time();
    PageFrame frame = frame(request, context.version());
    return writer.page(
        sent.status(), ICONS, out -> JtereviewGenerated.render(out, null, frame, view, time));
  }

  private PageFrame frame(PageRequest request, VersionReply version) {
    String title = "Review %s %s".formatted(version.name().published(), version.version().text());
    return writer.frame(request.web(), title, "review", "/desk/queue");
  }

  private WebResponse waiting(
      PageRequest request, VersionReply version, Sent sent, WaitView.State state) {
    // The drafts of a person belong to the full version, which the address may shorten.
    ReviewQuery query = ReviewQuery.of(request).named(version.name(), version.version());
    DecisionView decision =
        decision(request, new Form(query, version, ReadState.UNKNOWN, null), sent);
    List<CauseView> causes =
        CauseView.of(
            version, (path, line) -> PageLinks.file(version.name(), version.version(), path, line));
    WaitView view = new WaitView(version, causes, state, decision, sent.say());
    PageTime time = writer.time();
    PageFrame frame = frame(request, version);
    return writer.page(
        sent.status(), ICONS, out -> JtereviewWaitGenerated.render(out, null, frame, view, time));
  }

  /// The facts of a form.
  private record Form(
      ReviewQuery query, VersionReply version, ReadState reading, @Nullable String base) {}

  /// Returns the form, or null if the visitor may not decide on the crate.
  private @Nullable DecisionView decision(PageRequest request, Form form, Sent sent) {
    VersionReply version = form.version();
    if (!request.visitor().roles().reviews(version.name())) {
      return null;
    }
    String against = version.served() ? "revoke" : "deny";
    String base = form.base() == null ? "" : form.base();
    DecisionFields fields = sent.fields();
    if (fields == null) {
      String kind = request.query().text("kind").orElse("approve");
      fields = DecisionFields.empty(kind.equals("approve") ? kind : against, base);
    } else if (!fields.approves()) {
      fields = fields.kind(against);
    }
    FreedLockfiles frees = FreedLockfiles.of(request, version, writer.time());
    return new DecisionView(
        address(form.query()),
        form.query().versionAddress() + "/drafts/decision?seen=" + version.decisions().size(),
        version.cksum().hex(),
        last(version),
        against,
        fields,
        sent.mistakes(),
        form.reading().all(),
        form.reading().missing(),
        form.reading().limit(),
        form.base(),
        frees.passing(),
        frees.closed(),
        second(version));
  }

  private static String address(ReviewQuery query) {
    String page = query.page();
    int fields = page.indexOf('?');
    return query.versionAddress() + "/decision" + (fields < 0 ? "" : page.substring(fields));
  }

  /// Returns the time of the latest decision as a form has it; empty if there is none.
  static String last(VersionReply version) {
    List<DecisionInfo> decisions = version.decisions();
    return decisions.isEmpty() ? "" : decisions.getLast().at().toString();
  }

  /// Returns the sentence about a second person; empty if none is needed.
  private static String second(VersionReply version) {
    return version.verdict().reasons().stream()
        .filter(reason -> reason.code().equals("second-person-needed"))
        .findFirst()
        .map((ReasonInfo reason) -> ReasonText.sentence(reason, null))
        .orElse("");
  }
}

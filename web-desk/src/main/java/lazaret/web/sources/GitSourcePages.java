package lazaret.web.sources;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.GitSourceOperations;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.site.GitSourceDecisionRequest;
import lazaret.vetting.deskapi.site.GitSourceInfo;
import lazaret.vetting.deskapi.site.GitSourceStatus;
import lazaret.web.FormFields;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.WebResponse;
import lazaret.web.WebRoute;
import lazaret.web.page.Feedback;
import lazaret.web.page.PageFrame;
import lazaret.web.page.PageLinks;
import lazaret.web.page.PageQuery;
import lazaret.web.page.PageTime;
import lazaret.web.template.JtegitSourceGenerated;
import lazaret.web.template.JtegitSourcesGenerated;
import org.jspecify.annotations.Nullable;

/// The pages about Git sources: the list, and one source with its crates, the signals of its
/// inspection and the form of a decision. A form that is refused is shown again as it was filled.
public final class GitSourcePages {
  private static final String SOURCE = GitSourcesView.PATH + "/{key}";
  private static final String APPROVE = "approve";
  private static final String DENY = "deny";
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;
  private static final int MAX_REASON = 2_000;

  private final PageWriter writer;

  /// Creates the pages.
  public GitSourcePages(PageWriter writer) {
    this.writer = writer;
  }

  /// Returns the routes.
  public List<WebRoute> routes() {
    return List.of(
        WebRoute.page(GitSourcesView.PATH, this::list),
        WebRoute.page(SOURCE, this::show),
        WebRoute.form(SOURCE + "/decide", this::decide));
  }

  private static List<GitSourceInfo> sources(PageRequest request) {
    return request.call(GitSourceOperations.GIT_SOURCES, new EmptyRequest()).sources();
  }

  private WebResponse list(PageRequest request) {
    GitSourcesView.Filter filter =
        new GitSourcesView.Filter(
            request.query().text("only").filter(GitSourcesView::isState).orElse(""),
            request.query().text("q").orElse(""));
    GitSourcesView view =
        GitSourcesView.of(sources(request), filter, request.query().text("from").orElse(null));
    PageFrame frame =
        writer.frame(request.web(), "Git sources", "git-sources", GitSourcesView.PATH);
    PageTime time = writer.time();
    return writer.page(200, out -> JtegitSourcesGenerated.render(out, null, frame, view, time));
  }

  private WebResponse show(PageRequest request) {
    List<GitSourceInfo> all = sources(request);
    return find(all, request)
        .map(source -> page(request, source, all, blank(request, source, all)))
        .orElseGet(() -> missing(request));
  }

  private static Optional<GitSourceInfo> find(List<GitSourceInfo> all, PageRequest request) {
    Sha256 key = Sha256.parse(request.path("key"));
    return all.stream().filter(each -> each.key().equals(key)).findFirst();
  }

  private WebResponse missing(PageRequest request) {
    return writer.error(
        request.web(),
        NOT_FOUND,
        "Not found",
        List.of("the gate has no Git source with this key"),
        "Open the list of Git sources.");
  }

  private WebResponse page(
      PageRequest request, GitSourceInfo source, List<GitSourceInfo> all, GitSourceView.Sent sent) {
    GitSourceView view = GitSourceView.of(request, source, all, sent);
    String title = "Git source " + GitSourceText.brief(source.commit());
    PageFrame frame = writer.frame(request.web(), title, "git-sources", GitSourcesView.PATH);
    PageTime time = writer.time();
    return writer.page(
        sent.status(), out -> JtegitSourceGenerated.render(out, null, frame, view, time));
  }

  /// Returns a form that is not filled, below the result of the last one if the address names it.
  private static GitSourceView.Sent blank(
      PageRequest request, GitSourceInfo source, List<GitSourceInfo> all) {
    String kind =
        request
            .query()
            .text("kind")
            .filter(List.of(APPROVE, DENY)::contains)
            .orElse(source.state() == GitSourceStatus.APPROVED ? DENY : APPROVE);
    return new GitSourceView.Sent(200, kind, "", Map.of(), done(request, source, all));
  }

  /// Returns the last decision as the result of the form; null if the address does not name one.
  private static @Nullable Feedback done(
      PageRequest request, GitSourceInfo source, List<GitSourceInfo> all) {
    String by = source.decidedBy();
    if (by == null || request.query().text("done").isEmpty()) {
      return null;
    }
    boolean approved = source.state() == GitSourceStatus.APPROVED;
    String back =
        PageQuery.of(PageLinks.gitSource(source.key())).with("kind", approved ? DENY : APPROVE)
            + "#decide";
    GitSourceInfo next = next(request, all);
    return new Feedback(
        "good",
        "Recorded: the commit %s with the tree %s is %s by %s."
            .formatted(
                GitSourceText.brief(source.commit()),
                GitSourceText.brief(source.treeHash().hex()),
                approved ? "approved" : "denied",
                by),
        "In force now.",
        new Feedback.Links(
            back,
            next == null ? "" : PageLinks.gitSource(next.key()),
            next == null ? "" : next.url() + ", " + GitSourceText.crates(next)));
  }

  /// Returns the first source that waits and on which the reader may decide; null if there is none.
  private static @Nullable GitSourceInfo next(PageRequest request, List<GitSourceInfo> all) {
    return all.stream()
        .filter(each -> each.state() == GitSourceStatus.WAITING)
        .filter(each -> GitSourceView.Reader.of(request.visitor().roles(), each).decides())
        .findFirst()
        .orElse(null);
  }

  private WebResponse decide(PageRequest request) {
    return find(sources(request), request)
        .map(source -> send(request, source))
        .orElseGet(() -> missing(request));
  }

  /// Records a decision. The form names the commit, the tree, the fetch and the last decision that
  /// the page showed. The gate compares them once more when it records the decision.
  private WebResponse send(PageRequest request, GitSourceInfo source) {
    FormFields form = request.form();
    Feedback outdated = outdated(form, source);
    if (outdated != null) {
      return refused(request, CONFLICT, Map.of(), outdated);
    }
    Map<String, String> mistakes = mistakes(form);
    if (!mistakes.isEmpty()) {
      return refused(
          request,
          UNPROCESSABLE,
          mistakes,
          new Feedback("bad", "Nothing was recorded.", "The form below has a mistake."));
    }
    GitSourceDecisionRequest order =
        new GitSourceDecisionRequest(
            source.key(),
            source.treeHash(),
            form.text("kind").filter(APPROVE::equals).isPresent(),
            form.text("reason").orElse(""),
            source.fetched(),
            source.decidedAt());
    return switch (request.reply(GitSourceOperations.DECIDE_GIT_SOURCE, order)) {
      case Reply.Done<GitSourceInfo> _ ->
          WebResponse.redirect(PageLinks.gitSource(source.key()) + "?done=1");
      case Reply.Refused<GitSourceInfo> refusal ->
          refused(
              request,
              refusal.status(),
              Map.of(),
              new Feedback(
                  "bad", "Nothing was recorded.", refusal.problems().getFirst().sentence() + "."));
    };
  }

  private WebResponse refused(
      PageRequest request, int status, Map<String, String> mistakes, Feedback say) {
    List<GitSourceInfo> all = sources(request);
    GitSourceView.Sent sent =
        new GitSourceView.Sent(
            status,
            request.form().text("kind").orElse(""),
            request.form().text("reason").orElse(""),
            mistakes,
            say);
    return find(all, request)
        .map(source -> page(request, source, all, sent))
        .orElseGet(() -> missing(request));
  }

  /// Returns the change of the source since the form was made; null if it is the same.
  private @Nullable Feedback outdated(FormFields form, GitSourceInfo source) {
    if (!isSame(form, "commit", source.commit())
        || !isSame(form, "tree", source.treeHash().hex())) {
      return new Feedback(
          "bad",
          "Nothing was recorded: the form names another commit or another tree.",
          "The page shows the present ones. Your form is kept.");
    }
    if (!isSame(form, "fetched", source.fetched().toString())) {
      return new Feedback(
          "bad",
          "Nothing was recorded: the commit was fetched again while you read.",
          "The page shows its present crates and signals. Your form is kept.");
    }
    if (isSame(form, "last", GitSourceView.last(source))) {
      return null;
    }
    String by = source.decidedBy();
    Instant at = source.decidedAt();
    return new Feedback(
        "bad",
        by == null || at == null
            ? "Nothing was recorded: the decision changed while you read."
            : "Nothing was recorded: %s decided on this source %s ago.".formatted(by, since(at)),
        "Your form is kept; a decision now replaces that one.");
  }

  private static boolean isSame(FormFields form, String field, String present) {
    return form.text(field).orElse("").equals(present);
  }

  private String since(Instant at) {
    String since = writer.time().since(at);
    return since.startsWith("0 ") ? "a moment" : since;
  }

  private static Map<String, String> mistakes(FormFields form) {
    Map<String, String> mistakes = new LinkedHashMap<>();
    if (form.text("kind").filter(List.of(APPROVE, DENY)::contains).isEmpty()) {
      mistakes.put("kind", "Choose the decision. The form named none.");
    }
    String reason = form.text("reason").orElse("");
    if (reason.isEmpty()) {
      mistakes.put(
          "reason", "Write what you looked at. The ledger keeps it, and others rely on it.");
    } else if (reason.length() > MAX_REASON) {
      mistakes.put("reason", "At most 2,000 characters. This reason has more.");
    }
    return mistakes;
  }
}

package lazaret.web.sources;

import java.util.List;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.PolicyOperations;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.policy.PolicyCheckReply;
import lazaret.vetting.deskapi.policy.PolicyCheckRequest;
import lazaret.vetting.deskapi.policy.PolicyReply;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.PageProblem;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.WebResponse;
import lazaret.web.WebRoute;
import lazaret.web.page.PageFrame;
import lazaret.web.page.PageTime;
import lazaret.web.template.JtepolicyGenerated;

/// The page about the policy in force. A reviewer tries another text on it; a trial changes
/// nothing, and its result is the answer to the form.
public final class PolicyPage {
  private static final String PATH = "/desk/policy";

  private final PageWriter writer;

  /// Creates the page.
  public PolicyPage(PageWriter writer) {
    this.writer = writer;
  }

  /// Returns the routes.
  public List<WebRoute> routes() {
    return List.of(WebRoute.page(PATH, this::show), WebRoute.form(PATH, this::check));
  }

  private WebResponse show(PageRequest request) {
    PolicyReply policy = policy(request);
    PolicyView.Trial trial =
        tries(request) ? new PolicyView.Trial(policy.policy(), List.of(), null, 0) : null;
    return page(request, 200, new PolicyView(policy, trial));
  }

  private static boolean tries(PageRequest request) {
    return request.visitor().has(DeskRole.REVIEWER) || request.visitor().has(DeskRole.AUDITOR);
  }

  private static PolicyReply policy(PageRequest request) {
    return request.call(PolicyOperations.POLICY, new EmptyRequest());
  }

  private WebResponse check(PageRequest request) {
    String text =
        request.form().all("policy").stream().findFirst().orElse("").replace("\r\n", "\n");
    int from =
        request
            .form()
            .text("from")
            .filter(typed -> typed.matches("[0-9]{1,6}"))
            .map(Integer::valueOf)
            .orElse(0);
    PolicyCheckRequest order = new PolicyCheckRequest(text, null, null);
    return switch (request.reply(PolicyOperations.CHECK_POLICY, order)) {
      case Reply.Refused<PolicyCheckReply> refused when !tries(request) ->
          throw new PageProblem(refused.status(), refused.problems());
      case Reply.Done<PolicyCheckReply> done ->
          tried(request, 200, new PolicyView.Trial(text, List.of(), done.value(), from));
      case Reply.Refused<PolicyCheckReply> refused ->
          tried(request, refused.status(), refused(text, refused.problems()));
    };
  }

  private static PolicyView.Trial refused(String text, List<Problem> problems) {
    List<String> mistakes = problems.stream().map(Problem::sentence).toList();
    return new PolicyView.Trial(text, mistakes, null, 0);
  }

  private WebResponse tried(PageRequest request, int status, PolicyView.Trial trial) {
    return page(request, status, new PolicyView(policy(request), trial));
  }

  private WebResponse page(PageRequest request, int status, PolicyView view) {
    PageFrame frame = writer.frame(request.web(), "Policy", "policy", PATH);
    PageTime time = writer.time();
    return writer.page(status, out -> JtepolicyGenerated.render(out, null, frame, view, time));
  }
}

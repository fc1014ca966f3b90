package lazaret.web.people;

import java.util.List;
import lazaret.vetting.deskapi.LoginOperations;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.logins.LoginAnswerReply;
import lazaret.vetting.deskapi.logins.LoginAnswerRequest;
import lazaret.vetting.deskapi.logins.PendingLoginReply;
import lazaret.vetting.deskapi.logins.PendingLoginRequest;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.WebResponse;
import lazaret.web.WebRoute;
import lazaret.web.page.Feedback;
import lazaret.web.page.PageFrame;
import lazaret.web.page.PageTime;
import lazaret.web.template.JtedeviceGenerated;
import org.jspecify.annotations.Nullable;

/// The page on which a person confirms the login of a command (RFC 8628). The token is given only
/// by a click; the address with the code does nothing by itself.
public final class DevicePage {
  private static final String PATH = "/desk/device";

  private final PageWriter writer;

  /// Creates the page.
  public DevicePage(PageWriter writer) {
    this.writer = writer;
  }

  /// Returns the routes.
  public List<WebRoute> routes() {
    return List.of(WebRoute.page(PATH, this::show), WebRoute.form(PATH, this::answer));
  }

  private WebResponse show(PageRequest request) {
    String code = request.query().text("code").orElse("");
    if (code.isEmpty()) {
      return page(request, 200, null, null);
    }
    return switch (request.reply(LoginOperations.PENDING_LOGIN, new PendingLoginRequest(code))) {
      case Reply.Done<PendingLoginReply> done -> page(request, 200, done.value(), null);
      case Reply.Refused<PendingLoginReply> refused ->
          page(
              request,
              refused.status(),
              null,
              new Feedback(
                  "bad",
                  "No command waits with this code.",
                  refused.problems().getFirst().sentence() + "."));
    };
  }

  private WebResponse page(
      PageRequest request, int status, @Nullable PendingLoginReply login, @Nullable Feedback say) {
    PageFrame frame = writer.frame(request.web(), "Log in a command", "device", "");
    PageTime time = writer.time();
    return writer.page(
        status, out -> JtedeviceGenerated.render(out, null, frame, login, say, time));
  }

  private WebResponse answer(PageRequest request) {
    String code = request.form().text("code").orElse("");
    boolean approve = request.form().text("do").filter("approve"::equals).isPresent();
    return switch (request.reply(
        LoginOperations.ANSWER_LOGIN, new LoginAnswerRequest(code, approve))) {
      case Reply.Done<LoginAnswerReply> done -> page(request, 200, null, answered(done.value()));
      case Reply.Refused<LoginAnswerReply> refused ->
          page(
              request,
              refused.status(),
              null,
              new Feedback(
                  "bad",
                  "The command received nothing.",
                  refused.problems().getFirst().sentence() + "."));
    };
  }

  private static Feedback answered(LoginAnswerReply reply) {
    return reply.approved()
        ? new Feedback(
            "good",
            "The command on %s is logged in.".formatted(reply.machine()),
            "Its roles: %s. You can close this page.".formatted(String.join(", ", reply.roles())))
        : new Feedback("warn", "The command on %s was refused.".formatted(reply.machine()), "");
  }
}

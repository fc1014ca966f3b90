package lazaret.web.people;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.PeopleOperations;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.TokenOperations;
import lazaret.vetting.deskapi.people.PeopleReply;
import lazaret.vetting.deskapi.people.SessionsEndRequest;
import lazaret.vetting.deskapi.tokens.TokenCreateReply;
import lazaret.vetting.deskapi.tokens.TokenCreateRequest;
import lazaret.vetting.deskapi.tokens.TokenInfo;
import lazaret.vetting.deskapi.tokens.TokenRevokeRequest;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.WebResponse;
import lazaret.web.WebRoute;
import lazaret.web.WebVisitor;
import lazaret.web.page.Feedback;
import lazaret.web.page.PageFrame;
import lazaret.web.page.PageTime;
import lazaret.web.template.JtemeGenerated;
import lazaret.web.template.JtepeopleGenerated;
import org.jspecify.annotations.Nullable;

/// The pages about persons and tokens, and the page of the reader.
public final class PeoplePages {
  private static final String PATH = "/desk/people";
  private static final int MAX_DAYS = 3_650;

  private final PageWriter writer;

  /// Creates the pages.
  public PeoplePages(PageWriter writer) {
    this.writer = writer;
  }

  /// Returns the routes.
  public List<WebRoute> routes() {
    return List.of(
        WebRoute.page(PATH, request -> page(request, 200, null, done(request))),
        WebRoute.page(PATH + "/me", this::me),
        WebRoute.form(PATH + "/tokens", this::create),
        WebRoute.form(PATH + "/tokens/{token}/revoke", this::revoke),
        WebRoute.form(PATH + "/{person}/sessions/end", this::end));
  }

  private WebResponse me(PageRequest request) {
    PageFrame frame = writer.frame(request.web(), "Your account", "people", "");
    WebVisitor visitor = request.visitor();
    return writer.page(200, out -> JtemeGenerated.render(out, null, frame, visitor));
  }

  private static @Nullable Feedback done(PageRequest request) {
    return switch (request.query().text("done").orElse("")) {
      case "revoked" -> new Feedback("good", "The token is revoked.", "Its holder is refused now.");
      case "ended" ->
          new Feedback(
              "good",
              "All sessions of the person ended.",
              "The tokens of their logins are revoked.");
      default -> null;
    };
  }

  private WebResponse page(
      PageRequest request, int status, @Nullable TokenCreateReply created, @Nullable Feedback say) {
    PeopleReply people = request.call(PeopleOperations.PEOPLE, new EmptyRequest());
    List<TokenInfo> tokens = request.call(TokenOperations.TOKENS, new EmptyRequest()).tokens();
    boolean administers = request.visitor().has(DeskRole.ADMIN);
    PageFrame frame = writer.frame(request.web(), "People and tokens", "people", PATH);
    PageTime time = writer.time();
    PeopleView view = new PeopleView(people, tokens, administers, created, say);
    return writer.page(status, out -> JtepeopleGenerated.render(out, null, frame, view, time));
  }

  private WebResponse create(PageRequest request) {
    String days = request.form().text("days").orElse("");
    if (!isLife(days)) {
      Feedback say =
          new Feedback(
              "bad",
              "No token was created.",
              "Give 1 to 3,650 days, or an empty field for a token without an end.");
      return page(request, 400, null, say);
    }
    List<String> roles = new ArrayList<>(request.form().all("role"));
    String crates = request.form().text("crates").orElse("");
    if (!crates.isEmpty()) {
      roles.replaceAll(role -> role.equals(DeskRole.REVIEWER.code()) ? role + ":" + crates : role);
    }
    TokenCreateRequest order =
        new TokenCreateRequest(
            request.form().text("name").orElse(""),
            request.form().text("owner").orElse(null),
            List.of(),
            roles,
            expiry(days));
    return switch (request.reply(TokenOperations.CREATE_TOKEN, order)) {
      case Reply.Done<TokenCreateReply> done -> page(request, 200, done.value(), null);
      case Reply.Refused<TokenCreateReply> refused ->
          page(request, refused.status(), null, refused(refused.problems()));
    };
  }

  private static boolean isLife(String days) {
    return days.isEmpty()
        || (days.matches("[1-9][0-9]{0,3}") && Integer.parseInt(days) <= MAX_DAYS);
  }

  private @Nullable Instant expiry(String days) {
    return days.isEmpty()
        ? null
        : writer.time().now().plus(Duration.ofDays(Integer.parseInt(days)));
  }

  private static Feedback refused(List<Problem> problems) {
    return new Feedback("bad", "No token was created.", problems.getFirst().sentence() + ".");
  }

  private WebResponse revoke(PageRequest request) {
    request.call(TokenOperations.REVOKE_TOKEN, new TokenRevokeRequest(request.path("token")));
    return WebResponse.redirect(PATH + "?done=revoked");
  }

  private WebResponse end(PageRequest request) {
    request.call(PeopleOperations.END_SESSIONS, new SessionsEndRequest(request.path("person")));
    return WebResponse.redirect(PATH + "?done=ended");
  }
}

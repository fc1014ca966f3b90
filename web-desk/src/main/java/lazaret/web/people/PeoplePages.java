package lazaret.web.people;

import java.util.List;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.PeopleOperations;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.TokenOperations;
import lazaret.vetting.deskapi.people.PeopleReply;
import lazaret.vetting.deskapi.people.PersonRemoveRequest;
import lazaret.vetting.deskapi.people.SessionsEndRequest;
import lazaret.vetting.deskapi.tokens.OwnTokenInfo;
import lazaret.vetting.deskapi.tokens.OwnTokenRevokeRequest;
import lazaret.vetting.deskapi.tokens.OwnTokensReply;
import lazaret.vetting.deskapi.tokens.TokenCreateReply;
import lazaret.vetting.deskapi.tokens.TokenInfo;
import lazaret.vetting.deskapi.tokens.TokenRevokeRequest;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.WebResponse;
import lazaret.web.WebRoute;
import lazaret.web.page.Feedback;
import lazaret.web.page.PageFrame;
import lazaret.web.page.PageQuery;
import lazaret.web.page.PageTime;
import lazaret.web.page.RowPosition;
import lazaret.web.template.JtemeGenerated;
import lazaret.web.template.JtepeopleGenerated;
import org.jspecify.annotations.Nullable;

/// The pages about persons and tokens, and the page of the reader.
public final class PeoplePages {
  private static final String PATH = "/desk/people";

  private final PageWriter writer;

  /// Creates the pages.
  public PeoplePages(PageWriter writer) {
    this.writer = writer;
  }

  /// Returns the routes.
  public List<WebRoute> routes() {
    return List.of(
        WebRoute.page(
            PATH, request -> page(request, new Sent(200, TokenFields.EMPTY, null, done(request)))),
        WebRoute.page(PATH + "/me", request -> me(request, 200, null, done(request))),
        WebRoute.form(PATH + "/me/tokens", this::createOwn),
        WebRoute.form(PATH + "/me/tokens/{id}/revoke", this::revokeOwn),
        WebRoute.form(PATH + "/tokens", this::create),
        WebRoute.form(PATH + "/tokens/{token}/revoke", this::revoke),
        WebRoute.form(PATH + "/{person}/sessions/end", this::end),
        WebRoute.form(PATH + "/{person}/remove", this::remove));
  }

  private WebResponse me(
      PageRequest request, int status, @Nullable TokenCreateReply created, @Nullable Feedback say) {
    PageFrame frame = writer.frame(request.web(), "Your account", "people", "");
    PageTime time = writer.time();
    OwnTokenView view = new OwnTokenView(request.visitor(), own(request), created, say);
    return writer.page(status, out -> JtemeGenerated.render(out, null, frame, view, time));
  }

  /// Returns the tokens of the reader; empty if they cannot be listed.
  private static List<OwnTokenInfo> own(PageRequest request) {
    return switch (request.reply(TokenOperations.OWN_TOKENS, new EmptyRequest())) {
      case Reply.Done<OwnTokensReply> done -> done.value().tokens();
      case Reply.Refused<OwnTokensReply> _ -> List.of();
    };
  }

  private WebResponse revokeOwn(PageRequest request) {
    request.call(TokenOperations.REVOKE_OWN_TOKEN, new OwnTokenRevokeRequest(request.path("id")));
    return WebResponse.redirect(PATH + "/me?done=revoked");
  }

  private WebResponse createOwn(PageRequest request) {
    TokenFields fields = TokenFields.of(request.form());
    String mistake = fields.mistake();
    if (mistake != null || fields.days().isEmpty()) {
      String why = mistake == null ? "Give 1 to 90 days." : mistake;
      return me(request, 400, null, refused(why));
    }
    return switch (request.reply(
        TokenOperations.CREATE_OWN_TOKEN, fields.own(writer.time().now()))) {
      case Reply.Done<TokenCreateReply> done -> me(request, 200, done.value(), null);
      case Reply.Refused<TokenCreateReply> refused ->
          me(
              request,
              refused.status(),
              null,
              refused(refused.problems().getFirst().sentence() + "."));
    };
  }

  private static @Nullable Feedback done(PageRequest request) {
    return switch (request.query().text("done").orElse("")) {
      case "revoked" -> new Feedback("good", "The token is revoked.", "Its holder is refused now.");
      case "ended" ->
          new Feedback(
              "good",
              "All sessions of the person ended.",
              "The tokens of their logins are revoked.");
      case "removed" ->
          new Feedback(
              "good",
              "The person is removed, and another account can have the name.",
              "Their sessions ended, and the tokens of their logins are revoked.");
      default -> null;
    };
  }

  /// The result of a form.
  ///
  /// @param status the status of the page
  /// @param fields the fields that the form shows
  /// @param created the token that was created; null if none was
  /// @param say the result as a sentence; null if there is none
  private record Sent(
      int status, TokenFields fields, @Nullable TokenCreateReply created, @Nullable Feedback say) {}

  private WebResponse page(PageRequest request, Sent sent) {
    PeopleReply people = request.call(PeopleOperations.PEOPLE, new EmptyRequest());
    List<TokenInfo> tokens = request.call(TokenOperations.TOKENS, new EmptyRequest()).tokens();
    boolean administers = request.visitor().has(DeskRole.ADMIN);
    PageFrame frame = writer.frame(request.web(), "People and tokens", "people", PATH);
    PageTime time = writer.time();
    String from = request.query().text("from").orElse(null);
    String person = request.query().text("person").orElse(null);
    PeopleView view =
        new PeopleView(
            people,
            tokens,
            RowPosition.of(person, people.people().size(), PageQuery.of(PATH).with("from", from))
                .named("person"),
            RowPosition.of(from, tokens.size(), PageQuery.of(PATH).with("person", person)),
            administers,
            sent.fields(),
            sent.created(),
            sent.say());
    return writer.page(
        sent.status(), out -> JtepeopleGenerated.render(out, null, frame, view, time));
  }

  private WebResponse create(PageRequest request) {
    TokenFields fields = TokenFields.of(request.form());
    String mistake = fields.mistake();
    if (mistake != null) {
      return page(request, new Sent(400, fields, null, refused(mistake)));
    }
    return switch (request.reply(TokenOperations.CREATE_TOKEN, fields.order(writer.time().now()))) {
      case Reply.Done<TokenCreateReply> done ->
          page(request, new Sent(200, TokenFields.EMPTY, done.value(), null));
      case Reply.Refused<TokenCreateReply> refused -> {
        String why = refused.problems().getFirst().sentence() + ".";
        yield page(request, new Sent(refused.status(), fields, null, refused(why)));
      }
    };
  }

  private static Feedback refused(String why) {
    return new Feedback("bad", "No token was created.", why);
  }

  private WebResponse revoke(PageRequest request) {
    request.call(TokenOperations.REVOKE_TOKEN, new TokenRevokeRequest(request.path("token")));
    return WebResponse.redirect(PATH + "?done=revoked");
  }

  private WebResponse end(PageRequest request) {
    request.call(PeopleOperations.END_SESSIONS, new SessionsEndRequest(request.path("person")));
    return WebResponse.redirect(PATH + "?done=ended");
  }

  private WebResponse remove(PageRequest request) {
    request.call(PeopleOperations.REMOVE_PERSON, new PersonRemoveRequest(request.path("person")));
    return WebResponse.redirect(PATH + "?done=removed");
  }
}

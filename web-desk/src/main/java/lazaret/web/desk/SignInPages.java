package lazaret.web.desk;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import lazaret.web.LocalPath;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.SignInFlow;
import lazaret.web.WebCookie;
import lazaret.web.WebRequest;
import lazaret.web.WebResponse;
import lazaret.web.WebRoute;
import lazaret.web.page.Feedback;
import lazaret.web.page.PageFrame;
import lazaret.web.page.SignInView;
import lazaret.web.template.JtesignInGenerated;
import org.jspecify.annotations.Nullable;

/// The pages on which a person signs in and out.
final class SignInPages {
  /// The cookie that binds a sign-in to the browser in which it began.
  private static final String BEGUN = "lazaret-signin";

  private final PageWriter writer;
  private final SignInFlow flow;

  SignInPages(PageWriter writer, SignInFlow flow) {
    this.writer = writer;
    this.flow = flow;
  }

  List<WebRoute> routes() {
    return List.of(
        WebRoute.page("/desk/sign-in", this::show).open(),
        WebRoute.page("/desk/sign-in/start", this::begin).open(),
        WebRoute.page("/desk/sign-in/return", this::finish).open(),
        WebRoute.form("/desk/sign-in", this::byToken).open(),
        WebRoute.form("/desk/sign-out", this::signOut).open());
  }

  /// Returns the page in place of sign-in and of forms, for a connection on which browsers accept
  /// no cookie of the desk.
  static WebResponse off(PageWriter writer, WebRequest request) {
    return writer.error(
        request,
        403,
        "Sign-in and forms are off here",
        List.of(
            "sign-in and forms need HTTPS or a loopback name; set public-url to an https address,"
                + " and tls.certificate, or a proxy with TLS in front"),
        "A command asks for a version: vetting-cli request NAME@VERSION --reason TEXT.");
  }

  private WebResponse show(PageRequest request) {
    if (!request.web().secure()) {
      // The form would send a token without encryption.
      return off(writer, request.web());
    }
    Feedback say =
        request.query().text("ended").isPresent()
            ? new Feedback(
                "warn", "Your session ended.", "Sign in to go on, and send the form again.")
            : null;
    return page(request, 200, request.query().text("to").orElse(null), say);
  }

  private WebResponse page(
      PageRequest request, int status, @Nullable String to, @Nullable Feedback say) {
    PageFrame frame = writer.frame(request.web(), "Sign in", "sign-in", "");
    String path = LocalPath.of(to);
    String start = "/desk/sign-in/start?to=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
    SignInView view = new SignInView(flow.provider().orElse(null), start, path, say);
    return writer.page(status, out -> JtesignInGenerated.render(out, null, frame, view));
  }

  private WebResponse begin(PageRequest request) {
    if (!request.web().secure()) {
      return off(writer, request.web());
    }
    String to = LocalPath.of(request.query().text("to").orElse(null));
    return outcome(request, to, flow.begin(to));
  }

  /// Finishes a sign-in. The cookie of a begun one remains after a refusal: a link of another site
  /// with an invented state must not end the sign-in of a person.
  private WebResponse finish(PageRequest request) {
    if (!request.web().secure()) {
      return off(writer, request.web());
    }
    String begun = request.web().cookies().get(BEGUN);
    SignInFlow.Outcome outcome = flow.finish(request.web().query(), begun, session(request));
    WebResponse response = outcome(request, null, outcome);
    return outcome instanceof SignInFlow.Outcome.SignedIn
        ? response.with(new WebCookie(BEGUN, "", null))
        : response;
  }

  private WebResponse byToken(PageRequest request) {
    String token = request.form().text("token").orElse("");
    String to = LocalPath.of(request.form().text("to").orElse(null));
    return switch (flow.byToken(token, session(request))) {
      case SignInFlow.Outcome.SignedIn(var _, var secret) -> signedIn(to, secret);
      case SignInFlow.Outcome other -> outcome(request, to, other);
    };
  }

  private WebResponse outcome(
      PageRequest request, @Nullable String to, SignInFlow.Outcome outcome) {
    return switch (outcome) {
      case SignInFlow.Outcome.Continues(var location, var cookie) ->
          WebResponse.redirect(location).with(cookie);
      case SignInFlow.Outcome.SignedIn(var path, var secret) ->
          signedIn(LocalPath.of(path), secret);
      case SignInFlow.Outcome.Refused(var status, var sentence) ->
          page(request, status, to, new Feedback("bad", "You are not signed in.", sentence + "."));
    };
  }

  private static WebResponse signedIn(String to, String secret) {
    return WebResponse.redirect(to).with(new WebCookie(WebDesk.SESSION, secret, null));
  }

  private WebResponse signOut(PageRequest request) {
    String secret = session(request);
    WebCookie removed = new WebCookie(WebDesk.SESSION, "", null);
    Optional<String> provider = secret == null ? Optional.empty() : flow.end(secret);
    if (provider.isEmpty()) {
      return WebResponse.redirect("/desk/sign-in").with(removed);
    }
    // The policy of the page forbids that the response to a form leads to another site.
    Feedback say =
        new Feedback("good", "You are signed out.", "The provider ends its session next.");
    return page(request, 200, null, say).with(removed).with("refresh", "0; url=" + provider.get());
  }

  private static @Nullable String session(PageRequest request) {
    return request.web().cookies().get(WebDesk.SESSION);
  }
}

package lazaret.web.desk;

import java.time.Duration;
import java.util.List;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.WebCookie;
import lazaret.web.WebResponse;
import lazaret.web.WebRoute;

/// The forms with which a person chooses the theme and switches the keys off. The choices are
/// cookies of the browser.
final class ChoiceForms {
  private static final Duration AGE = Duration.ofDays(365);

  List<WebRoute> routes() {
    return List.of(
        WebRoute.form("/desk/people/me/keys", ChoiceForms::keys),
        WebRoute.form("/desk/people/me/theme", ChoiceForms::theme));
  }

  private static WebResponse keys(PageRequest request) {
    boolean on = request.form().text("keys").filter("on"::equals).isPresent();
    return back(request, new WebCookie(PageWriter.KEYS, on ? "" : "off", AGE));
  }

  private static WebResponse theme(PageRequest request) {
    String theme =
        request
            .form()
            .text("theme")
            .filter(each -> each.equals("light") || each.equals("dark"))
            .orElse("");
    return back(request, new WebCookie(PageWriter.THEME, theme, AGE));
  }

  private static WebResponse back(PageRequest request, WebCookie cookie) {
    WebResponse response =
        request.isFromScript() ? WebResponse.empty() : WebResponse.redirect("/desk/people/me");
    return response.with(cookie);
  }
}

package lazaret.web;

import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.web.page.PageFrame;
import lazaret.web.page.PageTime;
import lazaret.web.template.JteerrorGenerated;

/// The writer of pages: the frame of a request, and the document of a template with the icons that
/// it uses. Thread-safe.
public final class PageWriter {
  /// The cookie with the theme of the person.
  public static final String THEME = "lazaret-theme";

  /// The cookie that switches the keys off.
  public static final String KEYS = "lazaret-keys";

  /// The status of a request over a rate limit.
  private static final int TOO_MANY = 429;

  /// The first status of failures of the gate.
  private static final int FAULT = 500;

  /// The size of the largest form whose text a failure shows, in bytes.
  private static final int MAX_TYPED = 64 << 10;

  private static final Pattern USED_ICON = Pattern.compile("<use href=\"#i-([a-z]+)\"/>");
  private static final String ICONS = "<svg class=\"icons\" aria-hidden=\"true\"></svg>";

  private final WebSettings settings;
  private final AssetSet assets;
  private final IconSet icons = IconSet.load();
  private final BarStates bar;

  /// Creates a writer.
  public PageWriter(WebSettings settings, AssetSet assets) {
    this.settings = settings;
    this.assets = assets;
    this.bar = new BarStates(settings.clock());
  }

  /// Returns the forms of times and numbers for a page that is made now.
  public PageTime time() {
    return new PageTime(settings.clock().instant());
  }

  /// Returns the scheme, host and port of the desk, for addresses outside of pages.
  public URI origin() {
    return URI.create(settings.origin());
  }

  /// Returns the frame of a page.
  ///
  /// @param title the title of the document
  /// @param page the name of the page for the style sheet
  /// @param place the path of the entry of the bar; empty if there is none
  public PageFrame frame(WebRequest request, String title, String page, String place) {
    String person =
        request.visitor() instanceof WebVisitor.SignedIn someone ? someone.displayName() : null;
    return new PageFrame(
        title,
        page,
        new PageFrame.Files(
            assets.file("desk.css").path(),
            assets.file("desk.js").path(),
            assets.file("mark.svg").path()),
        choices(request),
        person,
        place,
        bar.of(request),
        "Lazaret " + settings.version() + " at " + settings.host());
  }

  private static PageFrame.Choices choices(WebRequest request) {
    String theme = request.cookies().get(THEME);
    boolean known = "light".equals(theme) || "dark".equals(theme);
    return new PageFrame.Choices(known ? theme : null, !"off".equals(request.cookies().get(KEYS)));
  }

  /// Returns the page that a template makes.
  ///
  /// @param template writes the document
  public WebResponse page(int status, Consumer<HtmlTemplateOutput> template) {
    return page(status, List.of(), template);
  }

  /// Returns the page that a template makes, with icons that parts need which come later.
  ///
  /// @param more the names of further icons
  /// @param template writes the document
  public WebResponse page(int status, List<String> more, Consumer<HtmlTemplateOutput> template) {
    StringOutput html = new StringOutput(16 << 10);
    template.accept(new OwaspHtmlTemplateOutput(html));
    return WebResponse.page(status, Bytes.utf8(withIcons(html.toString(), more)));
  }

  /// Returns a part of a page for the module of script, without a frame.
  public WebResponse part(Consumer<HtmlTemplateOutput> template) {
    return part(200, template);
  }

  /// Returns a part of a page for the module of script, without a frame.
  ///
  /// @param status the status; from 400 on the part contains the message alone
  public WebResponse part(int status, Consumer<HtmlTemplateOutput> template) {
    StringOutput html = new StringOutput(4 << 10);
    template.accept(new OwaspHtmlTemplateOutput(html));
    return WebResponse.page(status, Bytes.utf8(html.toString()));
  }

  private String withIcons(String html, List<String> more) {
    List<String> used = new ArrayList<>(more);
    Matcher matcher = USED_ICON.matcher(html);
    while (matcher.find()) {
      used.add(matcher.group(1));
    }
    int place = html.lastIndexOf(ICONS);
    return place < 0
        ? html
        : html.substring(0, place) + icons.markup(used) + html.substring(place + ICONS.length());
  }

  /// Returns a page that states a failure. If the form of the request can be sent again later, the
  /// page shows the text that was typed into it.
  ///
  /// @param sentences the causes, at least one
  /// @param next the next step, one sentence
  public WebResponse error(
      WebRequest request, int status, String heading, List<String> sentences, String next) {
    PageFrame frame = frame(request, heading, "error", "");
    return page(
        status,
        out ->
            JteerrorGenerated.render(
                out, null, frame, heading, sentences, next, typed(request, status)));
  }

  /// Returns the text that a person typed into a form that can be sent again later; empty if there
  /// is none. A form of another site is refused with another status.
  private static String typed(WebRequest request, int status) {
    boolean later = status == TOO_MANY || status >= FAULT;
    String type = request.header("content-type").orElse("");
    if (!later
        || request.reads()
        || request.body().length() > MAX_TYPED
        || MultipartReader.reads(type)) {
      return "";
    }
    try {
      FormFields form = FormFields.parse(request.body().text());
      return form.text("text").or(() -> form.text("reason")).orElse("");
    } catch (MalformedException _) {
      return "";
    }
  }
}

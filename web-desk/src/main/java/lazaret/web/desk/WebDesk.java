package lazaret.web.desk;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.vetting.MalformedException;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.AssetFile;
import lazaret.web.AssetSet;
import lazaret.web.CrossSiteCheck;
import lazaret.web.FormFields;
import lazaret.web.MultipartReader;
import lazaret.web.PageProblem;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.SignInFlow;
import lazaret.web.WebRequest;
import lazaret.web.WebResponse;
import lazaret.web.WebRoute;
import lazaret.web.WebSettings;
import lazaret.web.WebVisitor;
import lazaret.web.events.EventsPage;
import lazaret.web.hosting.PrivatePages;
import lazaret.web.inventory.ExpiringPage;
import lazaret.web.inventory.InventoryPage;
import lazaret.web.inventory.SearchPages;
import lazaret.web.lockfile.LockfilePages;
import lazaret.web.people.DevicePage;
import lazaret.web.people.OwnRequestsPage;
import lazaret.web.people.PeoplePages;
import lazaret.web.queue.QueuePage;
import lazaret.web.queue.RequestPage;
import lazaret.web.review.ReviewPages;
import lazaret.web.sources.BundlesPage;
import lazaret.web.sources.DocumentationPage;
import lazaret.web.sources.FeedsPage;
import lazaret.web.sources.GitSourcePages;
import lazaret.web.sources.PolicyPage;
import lazaret.web.sources.ToolchainsPage;
import lazaret.web.version.VersionPage;

/// The desk in the browser: it answers each request below `/desk/` that is not one of the API.
/// Thread-safe; blocks.
public final class WebDesk {
  /// The cookie with the secret of a session.
  public static final String SESSION = "lazaret";

  private static final System.Logger LOG = System.getLogger(WebDesk.class.getName());

  private static final int FORBIDDEN = 403;

  private static final String NEXT = "Go back, or open the queue.";

  private final CrossSiteCheck sites;
  private final AssetSet assets = AssetSet.load();
  private final PageWriter writer;
  private final List<WebRoute> routes;

  /// Creates the desk.
  ///
  /// @param signIn the sign-in of persons
  public WebDesk(WebSettings settings, SignInFlow signIn) {
    this.sites = new CrossSiteCheck(settings.origin());
    this.writer = new PageWriter(settings, assets);
    List<WebRoute> all = new ArrayList<>();
    all.addAll(new SignInPages(writer, signIn).routes());
    all.addAll(new ChoiceForms().routes());
    all.addAll(new PeoplePages(writer).routes());
    all.addAll(new OwnRequestsPage(writer).routes());
    all.addAll(new RequestPage(writer).routes());
    all.addAll(new VersionPage(writer).routes());
    all.addAll(new QueuePage(writer).routes());
    all.addAll(new DevicePage(writer).routes());
    all.addAll(new EventsPage(writer).routes());
    all.addAll(new LockfilePages(writer).routes());
    all.addAll(new ExpiringPage(writer).routes());
    all.addAll(new InventoryPage(writer).routes());
    all.addAll(new FeedsPage(writer).routes());
    all.addAll(new ToolchainsPage(writer).routes());
    all.addAll(new GitSourcePages(writer).routes());
    all.addAll(new PolicyPage(writer).routes());
    all.addAll(new BundlesPage(writer).routes());
    all.addAll(new PrivatePages(writer).routes());
    all.addAll(new DocumentationPage(writer).routes());
    all.addAll(new SearchPages(writer).routes());
    all.addAll(new ReviewPages(writer).routes());
    all.addAll(new StatusPage(writer).routes());
    all.addAll(new CratePages(writer).routes());
    this.routes = List.copyOf(all);
  }

  /// Returns whether a path is that of a feed, which feed readers request with a token, since they
  /// cannot sign in.
  ///
  /// @param path as sent
  public static boolean isFeed(String path) {
    return path.equals(OwnRequestsPage.FEED) || RequestPage.isFeed(path);
  }

  /// Answers a request. Nothing is thrown.
  public WebResponse respond(WebRequest request) {
    try {
      return routed(request);
    } catch (PageProblem e) {
      if (isAnonymous(request, e.status())) {
        return WebResponse.redirect(signIn(request));
      }
      List<String> sentences = e.problems().stream().map(Problem::sentence).toList();
      return writer.error(request, e.status(), heading(e.status()), sentences, NEXT);
    } catch (MalformedException e) {
      return writer.error(
          request, 400, heading(400), List.of(String.valueOf(e.getMessage())), NEXT);
    } catch (RuntimeException e) {
      // The trace is for the log: it would show a visitor the structure of the program.
      LOG.log(System.Logger.Level.ERROR, "page " + request.path() + " failed", e);
      return writer.error(
          request, 500, heading(500), List.of("a defect of the gate: the log has the trace"), NEXT);
    }
  }

  /// Returns the page of a request that the server refused before a page was called.
  ///
  /// @param status the status, from 400 on
  /// @param sentence the reason, without a full stop
  public WebResponse failure(WebRequest request, int status, String sentence) {
    return writer.error(request, status, heading(status), List.of(sentence), NEXT);
  }

  /// Returns whether an open page was refused to a visitor who can still sign in, as on a gate that
  /// requires tokens. Feed readers cannot.
  private static boolean isAnonymous(WebRequest request, int status) {
    return status == FORBIDDEN
        && request.secure()
        && !isFeed(request.path())
        && request.visitor() instanceof WebVisitor.Anonymous;
  }

  private static String heading(int status) {
    return switch (status) {
      case 400, 413 -> "The request cannot be read";
      case 403 -> "Not permitted";
      case 404 -> "Not found";
      case 429 -> "Too many requests";
      case 503 -> "Not available now";
      default -> "The page cannot be shown";
    };
  }

  private WebResponse routed(WebRequest request) {
    if (request.reads()) {
      Optional<AssetFile> file = assets.find(request.path());
      if (file.isPresent()) {
        return WebResponse.asset(file.get());
      }
    }
    if (request.path().equals("/desk") || request.path().equals("/desk/")) {
      return WebResponse.redirect("/desk/queue");
    }
    if (!sites.accepts(request)) {
      return writer.error(
          request,
          403,
          "Not permitted",
          List.of("the form was sent by a page of another site"),
          "Open the desk, and send the form from there.");
    }
    return routes.stream()
        .filter(route -> serves(route, request))
        .flatMap(
            route ->
                route.pattern().match(request.path()).stream()
                    .map(values -> entered(route, values, request)))
        .findFirst()
        .orElseGet(() -> missing(request));
  }

  private static boolean serves(WebRoute route, WebRequest request) {
    return request.reads() ? route.method().equals("GET") : route.method().equals(request.method());
  }

  private WebResponse missing(WebRequest request) {
    return writer.error(
        request, 404, heading(404), List.of("no page of the desk has this address"), NEXT);
  }

  private WebResponse entered(WebRoute route, Map<String, String> values, WebRequest request) {
    DeskRole role = route.role();
    if (!request.secure() && (!request.reads() || role != null)) {
      return SignInPages.off(writer, request);
    }
    if (role != null && !request.visitor().has(role)) {
      return refused(request, role);
    }
    FormFields query = FormFields.parse(request.query());
    return route.handler().respond(new PageRequest(request, values, query, form(request)));
  }

  private static FormFields form(WebRequest request) {
    if (request.reads()) {
      return new FormFields(Map.of());
    }
    String type = request.header("content-type").orElse("");
    return MultipartReader.reads(type)
        ? MultipartReader.read(type, request.body())
        : FormFields.parse(request.body().text());
  }

  private WebResponse refused(WebRequest request, DeskRole role) {
    return switch (request.visitor()) {
      case WebVisitor.Anonymous _ -> WebResponse.redirect(signIn(request));
      case WebVisitor.SignedIn someone ->
          writer.error(
              request,
              403,
              heading(403),
              List.of("%s lacks the role %s".formatted(someone.name(), role.code())),
              "Ask an administrator for the role.");
    };
  }

  /// Returns the address of the sign-in page. A page that was read is shown after sign-in; a form
  /// is not sent again.
  private static String signIn(WebRequest request) {
    String page = "/desk/sign-in";
    if (!request.reads()) {
      return page + "?ended=1";
    }
    String to = request.path() + (request.query().isEmpty() ? "" : "?" + request.query());
    return page + "?to=" + URLEncoder.encode(to, StandardCharsets.UTF_8);
  }
}

package lazaret.mirror.registry;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import lazaret.mirror.budget.ServerBudgets;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.http.OverloadResponses;
import lazaret.mirror.http.RegistryResponses;
import lazaret.mirror.http.RequestBudget;
import lazaret.mirror.http.RouteKind;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.json.JsonWriter;
import lazaret.vetting.search.SearchResult;

/// Cargo's web API of a registry without publishing: search over the vetted view. Operations that
/// would change something are refused in the form that cargo prints.
///
/// Source: Cargo reference, *Web API*.
public final class RegistryWebApi {
  private static final int MAX_PER_PAGE = 100;

  private final Desk desk;

  public RegistryWebApi(Desk desk) {
    this.desk = desk;
  }

  /// Responds to a request to the web API of cargo.
  public HttpResponse respond(HttpRequest question, RequestBudget room) {
    String path = question.path().substring(RouteKind.WEB_API.prefix().length());
    if (path.equals("crates") && question.reads()) {
      return room.query(ServerBudgets.EXPENSIVE_QUERY)
          ? search(question.query())
          : OverloadResponses.queries(question);
    }
    if (!question.reads() || path.endsWith("/owners")) {
      return RegistryResponses.of(
          403,
          "this is a read-only mirror: publish, yank and owners are changed at the registry"
              + " itself");
    }
    return RegistryResponses.of(
        404, "this mirror supports search only; its own API is under /desk/v1/");
  }

  private HttpResponse search(String query) {
    String words = parameter(query, "q");
    String perPage = parameter(query, "per_page");
    int limit =
        perPage.matches("\\d{1,4}") ? Math.clamp(Integer.parseInt(perPage), 1, MAX_PER_PAGE) : 10;
    SearchResult found = desk.search(words, limit);
    return HttpResponse.json(
        200,
        JsonWriter.object(
            root ->
                root.list("crates", found.hits(), RegistryWebApi::crate)
                    .object("meta", meta -> meta.put("total", found.total()))));
  }

  private static void crate(JsonWriter out, SearchResult.Hit hit) {
    out.put("name", hit.name().published())
        .text("max_version", hit.newest())
        .put("description", "vetted here");
  }

  /// Returns the decoded value of a parameter; empty if there is none, or it is malformed.
  public static String parameter(String query, String name) {
    for (String pair : List.of(query.split("&", -1))) {
      if (pair.startsWith(name + "=")) {
        try {
          return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
          return "";
        }
      }
    }
    return "";
  }
}

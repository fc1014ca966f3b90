package lazaret.web.sources;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import lazaret.vetting.deskapi.site.DocumentationInfo;
import lazaret.web.page.PageQuery;
import org.jspecify.annotations.Nullable;

/// The content of the list of versions with documentation.
///
/// @param words the part of a name that was searched; empty for all
/// @param rows the versions
/// @param after where the next part begins; null if there is none
public record DocumentationView(
    String words, List<DocumentationInfo> rows, @Nullable String after) {
  /// The path of the page.
  static final String PATH = "/desk/documentation";

  /// Copies the list.
  public DocumentationView {
    rows = List.copyOf(rows);
  }

  /// Returns the address that leads to the pages of a version.
  public String pages(DocumentationInfo row) {
    return PATH + "/" + segment(row.name().published()) + "/" + segment(row.version().text());
  }

  private static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// Returns the address of the next part; null if there is none.
  public @Nullable String next() {
    return after == null
        ? null
        : PageQuery.of(PATH).with("q", words).with("after", after).toString();
  }
}

package lazaret.web.hosting;

import lazaret.vetting.deskapi.hosting.PrivateCrateInfo;
import lazaret.vetting.deskapi.hosting.PrivateCratesReply;
import lazaret.web.page.PageQuery;
import org.jspecify.annotations.Nullable;

/// The content of the page with all private crates.
///
/// @param words the words as typed
/// @param reply the crates
public record PrivateCratesView(String words, PrivateCratesReply reply) {
  /// The path of the page.
  static final String PATH = "/desk/private";

  /// Returns the address of the next part; null after the last part.
  public @Nullable String next() {
    return reply.next() == null
        ? null
        : PageQuery.of(PATH).with("q", words).with("after", reply.next()).toString();
  }

  /// Returns the owners of a crate; empty if it has none.
  public String owners(PrivateCrateInfo crate) {
    return String.join(", ", crate.owners());
  }
}

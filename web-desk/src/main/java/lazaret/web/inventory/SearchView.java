package lazaret.web.inventory;

import java.util.List;
import java.util.Locale;
import lazaret.vetting.deskapi.search.CrateHitInfo;
import lazaret.vetting.deskapi.search.SearchReply;
import lazaret.vetting.deskapi.search.VersionHitInfo;
import lazaret.web.page.PageQuery;
import org.jspecify.annotations.Nullable;

/// The content of the pages that search.
///
/// @param words the words as typed
/// @param reply the result
public record SearchView(String words, SearchReply reply) {
  /// Returns the version that the words name; null unless they name one.
  public @Nullable VersionHitInfo exactVersion() {
    return reply.versions().size() == 1 ? reply.versions().getFirst() : null;
  }

  /// Returns the crate that the words name; null if they name none.
  public @Nullable CrateHitInfo exactCrate() {
    List<CrateHitInfo> crates = reply.crates();
    return !crates.isEmpty() && key(crates.getFirst().name().published()).equals(key(words))
        ? crates.getFirst()
        : null;
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /// Returns whether nothing was found.
  public boolean isEmpty() {
    return hits() == 0;
  }

  /// Returns the number of results that the page shows.
  public int hits() {
    return reply.versions().size()
        + reply.crates().size()
        + reply.people().size()
        + reply.advisories().size();
  }

  /// Returns the address of the entries of the ledger that name a person.
  public String eventsOf(String person) {
    return PageQuery.of("/desk/events").with("q", person).toString();
  }
}

package lazaret.vetting.desk.api;

import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.search.DeskSearchResult;
import lazaret.vetting.desk.search.InventoryPart;
import lazaret.vetting.desk.search.InventorySearch;
import lazaret.vetting.desk.search.VersionPosition;
import lazaret.vetting.deskapi.Access;
import lazaret.vetting.deskapi.SearchOperations;
import lazaret.vetting.deskapi.search.CrateHitInfo;
import lazaret.vetting.deskapi.search.InventoryReply;
import lazaret.vetting.deskapi.search.InventoryRequest;
import lazaret.vetting.deskapi.search.InventoryVersionInfo;
import lazaret.vetting.deskapi.search.SearchReply;
import lazaret.vetting.deskapi.search.SearchRequest;
import lazaret.vetting.deskapi.search.VersionHitInfo;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;

/// The operations that search the records of the store.
final class SearchHandlers {
  private final Desk desk;

  SearchHandlers(Desk desk) {
    this.desk = desk;
  }

  void addTo(HandlerTable handlers) {
    handlers.add(SearchOperations.SEARCH, this::search);
    handlers.add(SearchOperations.INVENTORY, (request, _) -> inventory(request));
  }

  private SearchReply search(SearchRequest request, Caller caller) {
    String words = request.words() == null ? "" : request.words();
    DeskSearchResult hits = desk.searches().everything().find(words, caller.may(Access.INSPECT));
    return new SearchReply(
        hits.versions().stream()
            .map(
                hit ->
                    new VersionHitInfo(
                        hit.id().name(),
                        hit.id().version(),
                        hit.id().cksum(),
                        Infos.deciding(hit.verdict()),
                        hit.stored()))
            .toList(),
        hits.crates().stream().map(hit -> new CrateHitInfo(hit.name(), hit.newest())).toList(),
        hits.total(),
        hits.people(),
        hits.advisories().stream().map(AdvisoryInfos::advisory).toList());
  }

  private InventoryReply inventory(InventoryRequest request) {
    int limit = request.limit() == null ? InventorySearch.MAX_LINES : request.limit();
    if (limit < 1 || limit > InventorySearch.MAX_LINES) {
      throw new MalformedException(
          "cannot read the request: expected 1 to %d as `limit`, found %d"
              .formatted(InventorySearch.MAX_LINES, limit));
    }
    InventoryPart part = desk.searches().inventory().find(position(request.after()), limit);
    VersionPosition next = part.next();
    return new InventoryReply(
        part.lines().stream().map(SearchHandlers::line).toList(),
        part.checked(),
        next == null ? null : next.crate() + "@" + next.version());
  }

  private static @Nullable VersionPosition position(@Nullable String after) {
    if (after == null) {
      return null;
    }
    int at = after.indexOf('@');
    if (at < 0 || !CrateName.isValid(after.substring(0, at))) {
      throw new MalformedException(
          "cannot read the request: expected `next` of the previous part as `after`");
    }
    return new VersionPosition(
        CrateName.parse(after.substring(0, at)).collisionKey(), after.substring(at + 1));
  }

  private static InventoryVersionInfo line(InventoryPart.Line line) {
    Verdict verdict = line.verdict();
    return new InventoryVersionInfo(
        line.name(),
        line.version(),
        verdict == null ? null : Infos.deciding(verdict),
        line.lockfiles(),
        line.names(),
        line.downloads(),
        line.last(),
        line.stored());
  }
}

package lazaret.vetting.deskapi;

import lazaret.vetting.deskapi.search.InventoryReply;
import lazaret.vetting.deskapi.search.InventoryRequest;
import lazaret.vetting.deskapi.search.SearchReply;
import lazaret.vetting.deskapi.search.SearchRequest;

/// The operations that search the records of the store.
public final class SearchOperations {
  /// Searches crates, versions, artifacts, people and advisories.
  public static final Operation<SearchRequest, SearchReply> SEARCH =
      Operation.get("search", "/search", SearchRequest.class, SearchReply.class)
          .access(Access.READ)
          .summary("Search crates, versions, artifacts, people and advisories");

  /// Lists versions that are in use and not served.
  public static final Operation<InventoryRequest, InventoryReply> INVENTORY =
      Operation.get("inventory", "/inventory", InventoryRequest.class, InventoryReply.class)
          .access(Access.INSPECT)
          .timeout(Operation.STORE_TIMEOUT)
          .summary("List versions that are in use and not served");

  private SearchOperations() {}
}

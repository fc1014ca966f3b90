package lazaret.vetting.deskapi.bundles;

import java.util.List;

/// A list of which the first items are named.
///
/// @param count the number of items
/// @param items the first items, at most 100
public record NamedItemsInfo(long count, List<String> items) {
  public NamedItemsInfo {
    items = List.copyOf(items);
  }
}

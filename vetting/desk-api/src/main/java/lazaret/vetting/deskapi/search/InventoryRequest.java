package lazaret.vetting.deskapi.search;

import lazaret.vetting.deskapi.binding.InQuery;
import org.jspecify.annotations.Nullable;

/// A request for versions that are in use and not served.
///
/// @param after the value of `next` of the previous part; null for the first part
/// @param limit the largest number of versions, 1 to 200; null for 200
public record InventoryRequest(@InQuery @Nullable String after, @InQuery @Nullable Integer limit) {}

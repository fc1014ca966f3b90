package lazaret.vetting.deskapi.events;

import lazaret.vetting.deskapi.binding.InQuery;
import org.jspecify.annotations.Nullable;

/// A request for entries of the ledger.
///
/// @param after the sequence after which entries are returned; null for 0
/// @param limit the largest number of entries, 1 to 10,000; null for 1,000
public record EventsRequest(@InQuery @Nullable Long after, @InQuery @Nullable Integer limit) {}

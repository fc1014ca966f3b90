package lazaret.vetting.deskapi.hosting;

import lazaret.vetting.deskapi.binding.InQuery;
import org.jspecify.annotations.Nullable;

/// A request for private crates.
///
/// @param q parts of their names; null for all
/// @param after the value of `next` of the previous part; null for the first part
public record PrivateCratesRequest(@InQuery @Nullable String q, @InQuery @Nullable String after) {}

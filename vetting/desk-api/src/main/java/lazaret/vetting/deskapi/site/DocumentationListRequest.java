package lazaret.vetting.deskapi.site;

import lazaret.vetting.deskapi.binding.InQuery;
import org.jspecify.annotations.Nullable;

/// A request for the versions with documentation.
///
/// @param query a part of the names of crates; null for all
/// @param after the value of `next` of the previous part; null for the first part
public record DocumentationListRequest(
    @InQuery @Nullable String query, @InQuery @Nullable String after) {}

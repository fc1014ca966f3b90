package lazaret.vetting.deskapi.search;

import lazaret.vetting.deskapi.binding.InQuery;
import org.jspecify.annotations.Nullable;

/// A search in all records that have a page.
///
/// @param words a part of a crate name, `NAME VERSION`, `NAME@VERSION`, at least 8 digits of the
///   SHA-256 of a stored artifact, a part of the name of a person, or the id of an advisory; null
///   for all crates
public record SearchRequest(@InQuery @Nullable String words) {}

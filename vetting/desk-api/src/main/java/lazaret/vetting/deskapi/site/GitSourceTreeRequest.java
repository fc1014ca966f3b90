package lazaret.vetting.deskapi.site;

import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.binding.InPath;
import lazaret.vetting.deskapi.binding.InQuery;
import org.jspecify.annotations.Nullable;

/// A request for a part of the file of a tree.
///
/// @param key the key of the source
/// @param from the position of the first byte; null for 0
public record GitSourceTreeRequest(@InPath Sha256 key, @InQuery @Nullable Long from) {}

package lazaret.vetting.deskapi.site;

import lazaret.vetting.deskapi.binding.InQuery;
import org.jspecify.annotations.Nullable;

/// A request for files of a site.
///
/// @param collection the collection: `toolchains`, `git`, `documentation`, `results` or `product`
/// @param prefix the beginning of the paths; null for all paths
/// @param limit the maximum number of files, 1 to 1,000; null for 1,000
public record SiteFilesRequest(
    @InQuery String collection,
    @InQuery @Nullable String prefix,
    @InQuery @Nullable Integer limit) {}

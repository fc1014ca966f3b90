package lazaret.vetting.deskapi.retention;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.deskapi.binding.InQuery;
import org.jspecify.annotations.Nullable;

/// A request for stored artifacts with their use.
///
/// @param crate the crate whose artifacts are returned; null for all crates
/// @param after the value of `next` of the previous part; null for the first part
/// @param limit the number of artifacts from which a part ends, 1 to 1,000; null for 1,000
public record ArtifactsRequest(
    @InQuery @Nullable CrateName crate,
    @InQuery @Nullable String after,
    @InQuery @Nullable Integer limit) {}

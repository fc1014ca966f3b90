package lazaret.vetting.deskapi.site;

import java.time.Instant;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// A file of a site.
///
/// @param path the path in its collection
/// @param sha256 the SHA-256 of its bytes
/// @param length the length in bytes
/// @param admitted the time of its admission
/// @param by the person or program that admitted it
/// @param origin `upstream`, `built`, or `bundle:` and the stream of a bundle
/// @param reference what it belongs to; null if nothing
/// @param use the reason for which it is in use; null if nothing uses it
public record SiteFileInfo(
    String path,
    Sha256 sha256,
    long length,
    Instant admitted,
    String by,
    String origin,
    @Nullable String reference,
    @Nullable String use) {}

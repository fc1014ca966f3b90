package lazaret.vetting.deskapi.requests;

import java.net.URI;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.binding.InPath;
import lazaret.vetting.deskapi.binding.InQuery;
import org.jspecify.annotations.Nullable;

/// A request for the Atom feed of a refused version.
///
/// @param name the crate
/// @param version the version
/// @param origin the scheme, host and port of the addresses in the feed; null for a feed without
///   addresses
public record RefusalFeedRequest(
    @InPath CrateName name, @InPath CrateVersion version, @InQuery @Nullable URI origin) {}

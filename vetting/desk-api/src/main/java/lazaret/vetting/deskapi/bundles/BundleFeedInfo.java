package lazaret.vetting.deskapi.bundles;

import java.time.Instant;

/// A feed that a bundle carries.
///
/// @param name the name of the feed
/// @param asOf the time to which the feed is complete
public record BundleFeedInfo(String name, Instant asOf) {}

package lazaret.bundle.importing;

import java.util.stream.Collectors;
import lazaret.bundle.trust.SiteTrust;
import lazaret.bundle.tuf.TufKey;
import lazaret.site.SitePins;

/// The pins of a root, for the collections of a site.
public final class RootPins {
  private RootPins() {}

  /// Returns the pins of what a root accepts.
  public static SitePins of(SiteTrust trust) {
    return new SitePins(
        trust.toolchainKeys().stream()
            .map(SiteTrust.ToolchainKey::packet)
            .collect(Collectors.toSet()),
        trust.gitHosts(),
        trust.resultKeys().stream().map(RootPins::pin).toList());
  }

  private static SitePins.ResultPin pin(SiteTrust.ResultKey result) {
    TufKey key = result.key();
    return new SitePins.ResultPin(key.type(), key.scheme(), key.material(), result.until());
  }
}

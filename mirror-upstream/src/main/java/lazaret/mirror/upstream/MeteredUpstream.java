package lazaret.mirror.upstream;

import lazaret.mirror.outbound.UpstreamMeters;
import lazaret.vetting.gate.upstream.Upstream;

/// An upstream that counts its requests.
public sealed interface MeteredUpstream extends Upstream
    permits HttpUpstream, FolderUpstream, OfflineUpstream {
  /// Returns the live counters.
  UpstreamMeters meters();
}

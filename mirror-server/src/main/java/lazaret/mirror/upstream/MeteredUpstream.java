package lazaret.mirror.upstream;

import lazaret.vetting.desk.Upstream;

/// An upstream that counts its requests.
public sealed interface MeteredUpstream extends Upstream
    permits HttpUpstream, FolderUpstream, OfflineUpstream {
  /// Returns the live counters.
  UpstreamMeters meters();
}

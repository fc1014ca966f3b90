package lazaret.mirror;

import lazaret.mirror.config.MirrorConfig;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.gate.context.GateOptions;
import lazaret.vetting.gate.snapshots.SnapshotUpstream;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.upstream.CanaryCrate;
import lazaret.vetting.gate.upstream.Upstream;
import lazaret.vetting.hosting.HostedUpstream;
import lazaret.vetting.hosting.HostingSettings;
import lazaret.vetting.hosting.names.StoredNameOrigins;
import lazaret.vetting.index.IndexLimits;

/// The upstream and the options of a gate.
final class GateSetup {
  private GateSetup() {}

  /// Returns the upstream of the gate: the canary crate, then the private registry, the snapshot in
  /// force, and the registry outside.
  ///
  /// @param outside the registry outside
  /// @param names the origins of names
  static Upstream upstream(
      Upstream outside, Store store, StoredNameOrigins names, HostingSettings hosting) {
    return CanaryCrate.before(
        HostedUpstream.before(
            new SnapshotUpstream(outside, store), store, names, hosting.addresses()));
  }

  /// Returns the options of the gate.
  static GateOptions options(MirrorConfig config) {
    IndexLimits limits = IndexLimits.DEFAULT;
    return new GateOptions(
        config.cache().indexTtl(),
        config.cache().absentTtl(),
        config.gate().retryPause(),
        config.gate().staleWait(),
        config.gate().vettingWait(),
        config.gate().scrubInterval(),
        config.gate().removalDelay(),
        config.cache().artifactMemory(),
        config.cache().indexMemory(),
        config.gate().parallelDownloads(),
        new IndexLimits(
            config.gate().maxIndexBytes(),
            limits.lines(),
            limits.omitted(),
            limits.lineBytes(),
            limits.deps(),
            limits.features(),
            limits.depth()),
        InspectLimits.DEFAULT.withUnpackedBytes(config.gate().maxUnpackedBytes()),
        config.gate().retention());
  }
}
